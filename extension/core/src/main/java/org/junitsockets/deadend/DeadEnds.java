package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junitsockets.DeadEnd;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.port.Ports;
import org.junitsockets.transport.Transports;

/** Opens addresses that lead nowhere. */
public final class DeadEnds {

    /** Small, and filled whatever it really admits: on Linux one more than it says. */
    private static final int BACKLOG = 1;

    /** Far more than any system admits beyond the backlog. */
    private static final int MOST_FILLERS = 64;

    /** On loopback a connect that completes does so within microseconds; a full queue takes a second to retry. */
    private static final int SURELY_WAITING_MILLIS = 100;

    private DeadEnds() {}

    /** A dead end that closes as a {@link Closeable}. */
    public interface CloseableDeadEnd extends DeadEnd, Closeable {
        @Override
        void close();
    }

    public static HeldPort refused(Transport transport) {
        return HeldPort.open(transport);
    }

    public static CloseableDeadEnd occupied(Transport transport) {
        try {
            Transports.require(transport);
            ServerSocketChannel listener = Ports.open(transport, address -> listen(address, 50));
            return deadEnd("occupied", address(listener), List.of(listener));
        } catch (IOException e) {
            throw new UncheckedIOException("opening an occupied endpoint: " + e.getMessage(), e);
        }
    }

    public static CloseableDeadEnd unresponsive(Transport transport) {
        List<Closeable> open = new ArrayList<>();
        try {
            Transports.require(transport);
            ServerSocketChannel listener = Ports.open(transport, address -> listen(address, BACKLOG));
            open.add(listener);
            InetSocketAddress address = address(listener);
            for (int fillers = 0; fillers <= MOST_FILLERS; fillers++) {
                SocketChannel filler = SocketChannel.open();
                open.add(filler);
                if (!connects(filler, address)) {
                    filler.close(); // it would go on knocking
                    return deadEnd("unresponsive", address, open);
                }
            }
            throw new UnsupportedTransportException(
                    transport,
                    "an unresponsive endpoint over " + transport
                            + ": this system went on admitting connections beyond a backlog of " + BACKLOG);
        } catch (ConnectException e) {
            closeAll(open);
            throw new UnsupportedTransportException(
                    transport,
                    "an unresponsive endpoint over " + transport
                            + ": this system refuses connections when the queue is full (" + e.getMessage() + ")");
        } catch (IOException e) {
            closeAll(open);
            throw new UncheckedIOException("opening an unresponsive endpoint: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    private static boolean connects(SocketChannel filler, InetSocketAddress address) throws IOException {
        try {
            filler.socket().connect(address, SURELY_WAITING_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static ServerSocketChannel listen(InetSocketAddress address, int backlog) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(address, backlog);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InetSocketAddress address(ServerSocketChannel listener) throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private static CloseableDeadEnd deadEnd(String kind, InetSocketAddress address, List<Closeable> open) {
        return new CloseableDeadEnd() {
            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void close() {
                closeAll(open);
            }

            @Override
            public String toString() {
                return kind + " endpoint " + address;
            }
        };
    }

    private static void closeAll(List<Closeable> open) {
        for (Closeable closeable : open) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing a dead end: " + e.getMessage(), e);
            }
        }
    }
}
