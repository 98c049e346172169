package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/** Does what another one does; each test that breaks it overrides one thing. */
class ForwardingListener implements Listener {

    final Listener to;

    ForwardingListener(Listener to) {
        this.to = to;
    }

    @Override
    public SocketAddress address() throws IOException {
        return to.address();
    }

    @Override
    public End accept(Duration timeout) throws IOException {
        return to.accept(timeout);
    }

    @Override
    public End connect() throws IOException {
        return to.connect();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
