package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.deadend.DeadEnds.CloseableDeadEnd;
import org.junitsockets.port.Ports;

/** Those over TCP. */
final class TcpDeadEnds implements DeadEnds.Family {

    /** Small, and filled whatever it really admits: on Linux one more than it says. */
    static final int BACKLOG = 1;

    /** Far more than any system admits beyond the backlog. */
    static final int MOST_FILLERS = 64;

    /** On loopback a connect that completes does so within microseconds; a full queue takes a second to retry. */
    private static final int SURELY_WAITING_MILLIS = 100;

    @Override
    public CloseableDeadEnd refused(Transport transport) {
        return HeldPort.open(transport);
    }

    @Override
    public CloseableDeadEnd occupied(Transport transport) throws IOException {
        ServerSocketChannel listener = Ports.open(transport, address -> listen(address, 50));
        return new HeldAddress("occupied", transport, address(listener), List.of(listener));
    }

    @Override
    public CloseableDeadEnd unresponsive(Transport transport) throws IOException {
        List<Closeable> open = new ArrayList<>();
        try {
            ServerSocketChannel listener = Ports.open(transport, address -> listen(address, BACKLOG));
            open.add(listener);
            InetSocketAddress address = address(listener);
            for (int fillers = 0; fillers <= MOST_FILLERS; fillers++) {
                SocketChannel filler = SocketChannel.open();
                open.add(filler);
                if (!connects(filler, address)) {
                    filler.close(); // it would go on knocking
                    return new HeldAddress("unresponsive", transport, address, open);
                }
            }
            throw admitting(transport);
        } catch (ConnectException e) {
            HeldAddress.closeAll(open);
            throw refusing(transport, e);
        } catch (IOException | RuntimeException e) {
            HeldAddress.closeAll(open);
            throw e;
        }
    }

    static UnsupportedTransportException admitting(Transport transport) {
        return new UnsupportedTransportException(
                transport,
                "an unresponsive endpoint over " + transport
                        + ": this system went on admitting connections beyond a backlog of " + BACKLOG);
    }

    static UnsupportedTransportException refusing(Transport transport, ConnectException e) {
        return new UnsupportedTransportException(
                transport,
                "an unresponsive endpoint over " + transport
                        + ": this system refuses connections when the queue is full (" + e.getMessage() + ")");
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
}
