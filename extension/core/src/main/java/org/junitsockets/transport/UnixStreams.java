package org.junitsockets.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.TransportProvider;

/**
 * UNIX stream sockets, by the JDK's channels.
 *
 * <p>A client is bound to a path of its own before it connects, which a JDK client is not. So both ends
 * know the same two addresses, and a connection is told from another one's, as over TCP. The path is
 * unlinked at once: the kernel keeps the name, and nobody can connect to it anyway.
 *
 * <p>On Linux the sender's {@code SO_SNDBUF} is what bounds the bytes under way; {@code SO_RCVBUF} is set
 * and has no effect.
 */
final class UnixStreams implements TransportProvider {

    @Override
    public Set<Transport> transports() {
        return Set.of(Transport.UNIX);
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        try (ListeningEndpoint listener = listen(transport, new EndpointOptions(1, 0, 0));
                ConnectionEndpoint client = connect(transport, listener.localAddress(), new EndpointOptions(1, 0, 0))) {
            client.finishConnect();
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of("a connection by the JDK's UNIX sockets failed: " + e);
        }
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        return UnixListener.open(options);
    }

    /** A full backlog fails at once (EAGAIN): there is nothing that could be waited for. */
    @Override
    public ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options)
            throws IOException {
        Path directory = UnixDirectory.enter();
        try {
            return connect(UnixDirectory.newPath(directory), address, options);
        } finally {
            UnixDirectory.leave();
        }
    }

    private static ConnectionEndpoint connect(Path own, SocketAddress address, EndpointOptions options)
            throws IOException {
        UnixDomainSocketAddress local = UnixDomainSocketAddress.of(own);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            setBuffers(channel, options);
            channel.bind(local);
            channel.connect(address);
            return new UnixConnection(channel, local, address);
        } catch (ConnectException e) {
            channel.close();
            throw e;
        } catch (SocketException e) {
            channel.close();
            SocketException named = new SocketException("connecting to " + address + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            Files.deleteIfExists(own);
        }
    }

    static void setBuffers(SocketChannel channel, EndpointOptions options) throws IOException {
        if (options.receiveBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
        }
        if (options.sendBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
        }
    }
}
