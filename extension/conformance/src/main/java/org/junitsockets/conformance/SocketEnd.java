package org.junitsockets.conformance;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A socket's end. */
class SocketEnd implements End {

    private final Socket socket;

    SocketEnd(Socket socket) {
        this.socket = socket;
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        socket.setSoTimeout(Timeouts.millis(timeout));
        return socket.getInputStream().read(into);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        throw new UnsupportedOperationException("Socket has no write timeout");
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public SocketAddress localAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
