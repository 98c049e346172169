package org.junitsockets.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/**
 * Listens at a path. While it is stopped the file stays: it refuses connects, and nobody else can bind
 * there. To start again another socket is bound at a path that nobody knows, and renamed over it: so the
 * path leads to the old socket or to the new one at any moment, and never nowhere.
 */
final class UnixListener implements ListeningEndpoint {

    private final Path directory;
    private final UnixDomainSocketAddress address;
    private final EndpointOptions options;
    private volatile ServerSocketChannel channel;

    private UnixListener(Path directory, Path path, EndpointOptions options) throws IOException {
        this.directory = directory;
        this.address = UnixDomainSocketAddress.of(path);
        this.options = options;
        this.channel = listen(address, options.backlog());
    }

    static UnixListener open(EndpointOptions options) throws IOException {
        Path directory = UnixDirectory.enter();
        try {
            return new UnixListener(directory, UnixDirectory.newPath(directory), options);
        } catch (IOException | RuntimeException e) {
            UnixDirectory.leave();
            throw e;
        }
    }

    private static ServerSocketChannel listen(UnixDomainSocketAddress address, int backlog) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(address, backlog);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public SocketAddress localAddress() {
        return address;
    }

    @Override
    public Optional<SelectableChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        @Nullable SocketChannel accepted = channel.accept();
        if (accepted == null) {
            return null;
        }
        try {
            accepted.configureBlocking(false);
            UnixStreams.setBuffers(accepted, options);
            return new UnixConnection(accepted, address, accepted.getRemoteAddress());
        } catch (IOException | RuntimeException e) {
            accepted.close();
            throw e;
        }
    }

    @Override
    public void stop() throws IOException {
        channel.close();
    }

    @Override
    public void start() throws IOException {
        Path unknown = UnixDirectory.newPath(directory);
        ServerSocketChannel next = listen(UnixDomainSocketAddress.of(unknown), options.backlog());
        try {
            Files.move(unknown, address.getPath(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try (next) {
                Files.deleteIfExists(unknown);
            }
            throw e;
        }
        channel = next;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
            Files.deleteIfExists(address.getPath());
        } finally {
            UnixDirectory.leave();
        }
    }
}
