package org.junitsockets.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junitsockets.port.Ports;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transport.Transports;

/** The JDK's own server sockets, bound and listening, for a test to accept on. */
public final class RawServers {

    /** What can be opened. */
    public static final List<Class<?>> TYPES =
            List.of(ServerSocket.class, ServerSocketChannel.class, AsynchronousServerSocketChannel.class);

    private RawServers() {}

    /**
     * One that is open.
     *
     * @param type one of the {@link #TYPES}
     * @param socket of that type
     * @param address where it is bound
     */
    public record RawServer(
            Class<?> type, ServerSpec spec, Closeable socket, InetSocketAddress address, AsynchronousGroup group)
            implements Closeable {

        /** Whether what it accepts is recorded. */
        public boolean isRecorded() {
            return socket instanceof RecordedServerSocket;
        }

        /** What was said on each connection that was accepted and is recorded, if there was anything since. */
        public List<Conversation> conversations(long since) {
            return socket instanceof RecordedServerSocket recorded ? recorded.conversations(since) : List.of();
        }

        @Override
        public void close() throws IOException {
            try {
                socket.close();
            } finally {
                group.close();
            }
        }

        @Override
        public String toString() {
            return type.getSimpleName() + " at " + address;
        }
    }

    /** Opens one of the {@link #TYPES}. */
    public static RawServer open(Class<?> type, ServerSpec spec, Settings settings) {
        AsynchronousGroup group = new AsynchronousGroup();
        try {
            Transports.require(spec.transport());
            return Ports.open(spec.transport(), address -> {
                Closeable socket = type == ServerSocket.class
                        ? serverSocket(address, spec, settings)
                        : type == ServerSocketChannel.class
                                ? channel(address, spec)
                                : asynchronous(address, spec, group);
                return new RawServer(type, spec, socket, address, group);
            });
        } catch (IOException e) {
            group.close();
            throw new UncheckedIOException("opening " + spec.label() + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocket serverSocket(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        ServerSocket socket = settings.transcript().size() > 0
                ? new RecordedServerSocket(address, spec, settings)
                : new ServerSocket();
        try {
            if (spec.receiveBuffer() > 0) {
                socket.setReceiveBufferSize(spec.receiveBuffer());
            }
            socket.bind(address, spec.backlog());
            socket.setSoTimeout((int) spec.deadline().toMillis());
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static ServerSocketChannel channel(InetSocketAddress address, ServerSpec spec) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            if (spec.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            return channel.bind(address, spec.backlog());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static AsynchronousServerSocketChannel asynchronous(
            InetSocketAddress address, ServerSpec spec, AsynchronousGroup group) throws IOException {
        AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open(group.get());
        try {
            if (spec.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            return channel.bind(address, spec.backlog());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
