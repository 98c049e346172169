package org.junitsockets.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;

/**
 * A datagram socket whose senders each count as a connection, from the first datagram on until that is
 * closed.
 *
 * <p>Connections that were accepted outlast it, as over TCP: the socket is closed with the last of them.
 * While it is stopped they can read what had come, and not write.
 */
public final class DatagramServer implements ListeningEndpoint {

    private final DatagramPump pump;

    DatagramServer(DatagramPump pump) {
        this.pump = pump;
    }

    /**
     * Loses datagrams as if the network had: nobody gets to see them, and a sender who has sent no other
     * counts as none.
     *
     * @param indices which of those that arrive, counted from 1 since it was opened, the lost ones too
     * @throws IllegalArgumentException if one of them has arrived already, or is below 1; none is dropped
     *     then
     */
    public void dropMessages(int... indices) {
        pump.drop(indices);
    }

    /**
     * Tells of each datagram that is lost here, by {@link #dropMessages(int...)} or because more than
     * 8 MiB are unread; not of those that the system loses.
     *
     * @param listener who is told, on the thread that has read or waited, without a lock held
     */
    public void onLoss(Consumer<LostDatagram> listener) {
        pump.onLoss(listener);
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
