package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junitsockets.Transport;
import org.junitsockets.deadend.DeadEnds.CloseableDeadEnd;
import org.junitsockets.transport.UnixPath;

/** Those over UNIX streams. */
final class UnixDeadEnds implements DeadEnds.Family {

    /** A stale file: whoever was bound to it is gone. It refuses connects, and nobody can bind over it. */
    @Override
    public CloseableDeadEnd refused(Transport transport) throws IOException {
        UnixPath path = UnixPath.open();
        try (SocketChannel gone = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(path.address());
            return new HeldAddress("refused", transport, path.address(), List.of(path));
        } catch (IOException | RuntimeException e) {
            path.close();
            throw e;
        }
    }

    @Override
    public CloseableDeadEnd occupied(Transport transport) throws IOException {
        List<Closeable> open = new ArrayList<>();
        return new HeldAddress("occupied", transport, listen(open, 50), open);
    }

    /**
     * Linux (unix(7)) fails a connect to a full queue at once where it must not block (EAGAIN), and lets
     * one wait that may.
     */
    @Override
    public CloseableDeadEnd unresponsive(Transport transport) throws IOException {
        List<Closeable> open = new ArrayList<>();
        UnixDomainSocketAddress address = listen(open, TcpDeadEnds.BACKLOG);
        try {
            for (int fillers = 0; fillers <= TcpDeadEnds.MOST_FILLERS; fillers++) {
                SocketChannel filler = SocketChannel.open(StandardProtocolFamily.UNIX);
                open.add(filler);
                filler.configureBlocking(false);
                if (!connects(filler, address)) {
                    return new HeldAddress("unresponsive", transport, address, open);
                }
            }
            throw TcpDeadEnds.admitting(transport);
        } catch (ConnectException e) {
            HeldAddress.closeAll(open);
            throw TcpDeadEnds.refusing(transport, e);
        } catch (IOException | RuntimeException e) {
            HeldAddress.closeAll(open);
            throw e;
        }
    }

    private static boolean connects(SocketChannel filler, UnixDomainSocketAddress address) throws IOException {
        try {
            return filler.connect(address);
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException e) {
            return false;
        }
    }

    private static UnixDomainSocketAddress listen(List<Closeable> open, int backlog) throws IOException {
        UnixPath path = UnixPath.open();
        open.add(path);
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(listener);
            listener.bind(path.address(), backlog);
            return path.address();
        } catch (IOException | RuntimeException e) {
            HeldAddress.closeAll(open);
            throw e;
        }
    }
}
