package org.junitsockets.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A socket's end. */
class SocketEnd implements End {

    private final Socket socket;

    /** Some sockets do not give it any more once it has ended. */
    private final InputStream input;

    private final OutputStream output;

    SocketEnd(Socket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        socket.setSoTimeout(Timeouts.millis(timeout));
        return input.read(into);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        output.write(bytes);
        output.flush();
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
