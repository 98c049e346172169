package org.junitsockets.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

class SocketChannelTestCases extends SocketConformance {

    final Ports ports = new Ports();

    @Override
    protected Set<Capability> capabilities() {
        return Transport.TCP.capabilities();
    }

    @Override
    protected Listener listen() throws IOException {
        return listen("127.0.0.1");
    }

    final Listener listen(String host) throws IOException {
        return Listener.of(ports.serverChannel(host));
    }

    @Override
    protected AutoCloseable runOnItsOwnThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return () -> {
            thread.join(Duration.ofMillis(50).toMillis());
            throw new IllegalStateException("still at work: " + List.of(thread.getStackTrace()));
        };
    }

    @Override
    protected List<?> schedule(long seed) {
        return new Random(seed).ints(10).boxed().toList();
    }

    /** Over IPv6. */
    static class Ipv6TestCases extends SocketChannelTestCases {

        @Override
        protected Set<Capability> capabilities() {
            return Transport.TCP6.capabilities();
        }

        @Override
        protected Listener listen() throws IOException {
            return listen("::1");
        }
    }
}
