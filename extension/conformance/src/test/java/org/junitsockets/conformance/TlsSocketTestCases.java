package org.junitsockets.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

/** Runs with com.sun.net.ssl.requireCloseNotify, without which an SSLSocket cannot tell ends apart. */
class TlsSocketTestCases extends SocketConformance {

    private static final SSLContext LOOPBACK = context("loopback.p12");
    private static final SSLContext ELSEWHERE = context("elsewhere.p12");

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

    private Listener listen(SSLContext context, List<String> serverProtocols, List<String> clientProtocols)
            throws IOException {
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
                SSLSocket accepted = (SSLSocket) context.getSocketFactory().createSocket(below, null, true);
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
                SSLSocket client = (SSLSocket) context.getSocketFactory()
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

    /** With a key for servers, and trust in just that for clients. */
    private static SSLContext context(String store) {
        char[] password = "conformance".toCharArray();
        try (InputStream in = TlsSocketTestCases.class.getResourceAsStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            identity.init(keys, password);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, password);
            trusted.setCertificateEntry("peer", keys.getCertificate("key"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(store, e);
        }
    }
}
