package org.junitsockets.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** A TLS socket's end, over a socket that can do to the connection what TLS cannot. */
final class TlsSocketEnd extends SocketEnd {

    /** How long to wait for the other side's close_notify; this side's is sent before that. */
    private static final int CLOSING_MILLIS = 20;

    private final SSLSocket socket;
    private final Socket below;
    private final AtomicInteger writers = new AtomicInteger();

    TlsSocketEnd(SSLSocket socket, Socket below) throws IOException {
        super(socket);
        this.socket = socket;
        this.below = below;
    }

    @Override
    public void handshake() throws IOException {
        socket.startHandshake();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        writers.incrementAndGet();
        try {
            super.write(bytes);
        } finally {
            writers.decrementAndGet();
        }
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

    /** The TLS socket waits for whoever writes, who may wait for the other side, and for that to close too. */
    @Override
    public void close() throws IOException {
        if (writers.get() > 0) {
            below.close();
        }
        try (below) {
            boundClosing();
            socket.close();
        }
    }

    private void boundClosing() throws IOException {
        try {
            below.setSoTimeout(CLOSING_MILLIS);
        } catch (IOException e) {
            if (!below.isClosed()) {
                throw e;
            }
        }
    }
}
