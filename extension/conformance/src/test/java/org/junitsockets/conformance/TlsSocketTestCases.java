package org.junitsockets.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junitsockets.Capability;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.Transport;

/** Runs with com.sun.net.ssl.requireCloseNotify, without which an SSLSocket cannot tell ends apart. */
class TlsSocketTestCases extends SocketConformance {

    private static final Tls LOOPBACK = Tls.builder().create();
    private static final Tls ELSEWHERE =
            Tls.builder().certificate(TlsCertificate.WRONG_NAME).create();

    private final Ports ports = new Ports();

    @Override
    protected Set<Capability> capabilities() {
        return Transport.TLS.capabilities();
    }

    @Override
    protected Listener listen() throws IOException {
        return listen(LOOPBACK, List.of(), List.of());
    }

    @Override
    protected Listener listenWithCertificateFor(String hostName) throws IOException {
        return listen(ELSEWHERE, List.of(), List.of());
    }

    @Override
    protected Listener listenWithProtocols(List<String> server, List<String> client) throws IOException {
        return listen(LOOPBACK, server, client);
    }

    void configureClient(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }

    private Listener listen(Tls tls, List<String> serverProtocols, List<String> clientProtocols) throws IOException {
        ServerSocket socket = ports.serverSocket("127.0.0.1");
        InetSocketAddress address = (InetSocketAddress) socket.getLocalSocketAddress();
        return new Listener() {
            @Override
            public SocketAddress address() {
                return address;
            }

            @Override
            public End accept(Duration timeout) throws IOException {
                socket.setSoTimeout(Timeouts.millis(timeout));
                Socket below = socket.accept();
                below.setTcpNoDelay(true);
                SSLSocket accepted =
                        (SSLSocket) tls.serverContext().getSocketFactory().createSocket(below, null, true);
                accepted.setUseClientMode(false);
                SSLParameters parameters = accepted.getSSLParameters();
                parameters.setApplicationProtocols(serverProtocols.toArray(String[]::new));
                accepted.setSSLParameters(parameters);
                return End.of(accepted, below);
            }

            @Override
            public End connect() throws IOException {
                Socket below = new Socket(address.getAddress(), address.getPort());
                below.setTcpNoDelay(true);
                SSLSocket client = (SSLSocket) tls.clientContext()
                        .getSocketFactory()
                        .createSocket(below, address.getAddress().getHostAddress(), address.getPort(), true);
                SSLParameters parameters = client.getSSLParameters();
                parameters.setApplicationProtocols(clientProtocols.toArray(String[]::new));
                configureClient(parameters);
                client.setSSLParameters(parameters);
                return End.of(client, below);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
