package org.junitsockets.transport;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.MessageListener;

/**
 * A datagram socket whose senders each count as a connection, from the first datagram on until that is
 * closed.
 *
 * <p>Connections that were accepted outlast it, as over TCP: the socket is closed with the last of them.
 * While it is stopped they can read what had come, and not write.
 */
final class DatagramServer implements ListeningEndpoint {

    private final DatagramPump pump;

    DatagramServer(DatagramPump pump) {
        this.pump = pump;
    }

    /** Tells of what is lost here, on purpose or because more than 8 MiB are unread; not of what the system loses. */
    @Override
    public void listener(MessageListener listener) {
        pump.listener(listener);
    }

    /** If one of them cannot be dropped, none is. */
    @Override
    public void dropMessages(int... numbers) {
        pump.drop(numbers);
    }

    @Override
    public SocketAddress localAddress() {
        return pump.address();
    }

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        return pump.accept();
    }

    @Override
    public boolean poll(int operations, long millis) throws IOException {
        return pump.await(pump.arrivals(), millis);
    }

    @Override
    public void wakeup() {
        pump.wakeup(pump.arrivals());
    }

    @Override
    public void stop() throws IOException {
        pump.stop();
    }

    @Override
    public void start() throws IOException {
        pump.start();
    }

    @Override
    public void close() throws IOException {
        pump.closeArrivals();
    }
}
