package org.junitsockets.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;

/** A server of the JDK's own, bounded, so that what is asserted is what somebody else's server sees. */
public abstract class RawServer implements Closeable {

    private static final int BOUND_MILLIS = 10_000;

    RawServer() {}

    /** Listens; the connections it accepts have a receive buffer of this size, if it is above 0 and the transport has one. */
    public static RawServer listen(Transport transport, int receiveBuffer) throws IOException {
        Raw.assumeAvailable(transport);
        return transport.family().equals("AF_UNIX") ? new Unix() : new Internet(transport, receiveBuffer);
    }

    public static RawServer listen(Transport transport) throws IOException {
        return listen(transport, 0);
    }

    public abstract SocketAddress address();

    public Socket accept() throws IOException {
        Socket accepted = next();
        accepted.setSoTimeout(BOUND_MILLIS);
        return accepted;
    }

    abstract Socket next() throws IOException;

    private static final class Internet extends RawServer {

        private final ServerSocket server = new ServerSocket();

        Internet(Transport transport, int receiveBuffer) throws IOException {
            if (receiveBuffer > 0) {
                server.setReceiveBufferSize(receiveBuffer);
            }
            server.bind(new InetSocketAddress(Loopback.address(transport), 0));
            server.setSoTimeout(BOUND_MILLIS);
        }

        @Override
        public SocketAddress address() {
            return server.getLocalSocketAddress();
        }

        @Override
        Socket next() throws IOException {
            return server.accept();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static final class Unix extends RawServer {

        private final Path directory = Files.createTempDirectory("raw");
        private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        private final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));

        Unix() throws IOException {
            server.bind(address);
            server.configureBlocking(false);
        }

        @Override
        public SocketAddress address() {
            return address;
        }

        @Override
        Socket next() throws IOException {
            try (Selector selector = Selector.open()) {
                server.register(selector, SelectionKey.OP_ACCEPT);
                if (selector.select(BOUND_MILLIS) == 0) {
                    throw new SocketTimeoutException("Accept timed out");
                }
            }
            SocketChannel accepted = server.accept();
            return new UnixSocket(accepted);
        }

        @Override
        public void close() throws IOException {
            server.close();
            Files.deleteIfExists(address.getPath());
            Files.delete(directory);
        }
    }
}
