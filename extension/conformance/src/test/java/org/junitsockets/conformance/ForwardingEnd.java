package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/** Does what another one does; each test that breaks it overrides one thing. */
class ForwardingEnd implements End {

    final End to;

    ForwardingEnd(End to) {
        this.to = to;
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        return to.read(into, timeout);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        to.write(bytes);
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        to.write(bytes, timeout);
    }

    @Override
    public void shutdownOutput() throws IOException {
        to.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        to.reset();
    }

    @Override
    public void handshake() throws IOException {
        to.handshake();
    }

    @Override
    public String applicationProtocol() throws IOException {
        return to.applicationProtocol();
    }

    @Override
    public void truncate() throws IOException {
        to.truncate();
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return to.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return to.remoteAddress();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
