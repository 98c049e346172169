package org.junitsockets.conformance;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A TLS socket's end, over a socket that can do to the connection what TLS cannot. */
final class TlsSocketEnd extends SocketEnd {

    private final SSLSocket socket;
    private final Socket below;

    TlsSocketEnd(SSLSocket socket, Socket below) {
        super(socket);
        this.socket = socket;
        this.below = below;
    }

    @Override
    public void handshake() throws IOException {
        socket.startHandshake();
    }

    @Override
    public String applicationProtocol() {
        String protocol = socket.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    @Override
    public void truncate() throws IOException {
        below.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        below.setSoLinger(true, 0);
        below.close();
    }

    @Override
    public void close() throws IOException {
        try (below) {
            socket.close();
        }
    }
}
