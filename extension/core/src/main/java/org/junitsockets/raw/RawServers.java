package org.junitsockets.raw;

import static java.util.Objects.requireNonNull;
import static org.junitsockets.raw.Opening.closedOnFailure;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLServerSocket;
import org.junitsockets.Capability;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsStall;
import org.junitsockets.Transport;
import org.junitsockets.location.Where;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.Place;
import org.junitsockets.spi.Relay;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transport.Transports;
import org.junitsockets.transport.UnixPath;

/** The JDK's own server sockets, bound and, where there are connections, listening, for a test to accept on. */
public final class RawServers {

    private static final Set<Transport> TCP = EnumSet.of(Transport.TCP, Transport.TCP6);
    private static final Set<Transport> UDP = EnumSet.of(Transport.UDP, Transport.UDP6);

    private static final JdkTypes<Opener> OPENERS = new JdkTypes<Opener>()
            .with(ServerSocket.class, TCP, atPort(RawServers::serverSocket))
            .with(ServerSocket.class, Set.of(Transport.TLS), atPort(RawServers::tlsServerSocket))
            .with(SSLServerSocket.class, Set.of(Transport.TLS), atPort(RawServers::tlsServerSocket))
            .with(ServerSocketChannel.class, TCP, atPort(RawServers::channel))
            .with(ServerSocketChannel.class, Set.of(Transport.UNIX), RawServers::unixChannel)
            .with(AsynchronousServerSocketChannel.class, TCP, RawServers::asynchronous)
            .with(DatagramSocket.class, UDP, atPort(RawServers::datagramSocket))
            .with(DatagramChannel.class, UDP, atPort(RawServers::datagramChannel));

    /** What can be opened. */
    public static final List<Class<?>> TYPES = OPENERS.types();

    private RawServers() {}

    private interface Opener {
        RawServer open(Class<?> type, ServerSpec spec, Settings settings) throws IOException;
    }

    private interface AtPort {
        Closeable open(InetSocketAddress address, ServerSpec spec, Settings settings) throws IOException;
    }

    /**
     * One that is open.
     *
     * @param type one of the {@link #TYPES}
     * @param socket of that type
     * @param address where it is bound
     * @param with what is closed after it
     */
    public record RawServer(Class<?> type, ServerSpec spec, Closeable socket, SocketAddress address, Closeable with)
            implements Closeable {

        /** Whether what comes to it is recorded. */
        public boolean isRecorded() {
            return socket instanceof Recorded;
        }

        /** What was said, as far as it is recorded, on each connection, or with each sender, that was active since. */
        public List<Conversation> conversations(long since) {
            return socket instanceof Recorded recorded ? recorded.conversations(since) : List.of();
        }

        @Override
        public void close() throws IOException {
            try {
                socket.close();
            } finally {
                with.close();
            }
        }

        @Override
        public String toString() {
            return type.getSimpleName() + " at " + address;
        }
    }

    /** Whether the JDK has such a server socket over that transport. */
    public static boolean carries(Class<?> type, Transport transport) {
        return OPENERS.carries(type, transport);
    }

    /** Opens one of the {@link #TYPES}. */
    public static RawServer open(Class<?> type, ServerSpec spec, Settings settings) {
        Opener opener = OPENERS.require(
                type,
                spec.choice(),
                spec.tls() != null,
                type.getSimpleName() + " of " + spec.label(),
                List.of(SocketServer.class));
        Where where = spec.choice().where();
        if (!spec.transport().has(Capability.TLS)) { // else the certificates are there, and what is under them is TCP
            Transports.require(spec.transport());
        }
        if (!where.isHere()) {
            where.require(spec.transport());
        }
        try {
            RawServer server = opener.open(type, spec, settings);
            return where.isHere() ? server : relayed(server, where.elsewhere());
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + spec.label() + ": " + e.getMessage(), e);
        }
    }

    /** Its socket can only be here, so that clients reach it by way of there. */
    private static RawServer relayed(RawServer server, Place place) throws IOException {
        try {
            Relay relay = place.relay(server.spec().transport(), server.address());
            return new RawServer(server.type(), server.spec(), server.socket(), relay.address(), () -> {
                try {
                    relay.close();
                } finally {
                    server.with().close();
                }
            });
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** At a port of the loopback address. */
    private static Opener atPort(AtPort opener) {
        return (type, spec, settings) -> Ports.open(
                spec.transport(),
                address -> new RawServer(type, spec, opener.open(address, spec, settings), address, () -> {}));
    }

    private static ServerSocket serverSocket(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        return bound(
                settings.transcript().size() > 0
                        ? new RecordedServerSocket(address, spec, settings)
                        : new ServerSocket(),
                address,
                spec);
    }

    private static SSLServerSocket tlsServerSocket(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        Tls tls = requireNonNull(spec.tls(), "over TLS there is one");
        if (tls.options().stall() != TlsStall.NONE) {
            throw new IllegalArgumentException(spec.label() + ": found the stall "
                    + tls.options().stall()
                    + " and an SSLServerSocket, which answers by itself (expected: a SocketServer,"
                    + " or no stall)");
        }
        SSLServerSocket socket =
                (SSLServerSocket) tls.serverContext().getServerSocketFactory().createServerSocket();
        return closedOnFailure(socket, opened -> {
            opened.setSSLParameters(tls.serverEngine().getSSLParameters());
            bound(opened, address, spec);
        });
    }

    private static <S extends ServerSocket> S bound(S socket, InetSocketAddress address, ServerSpec spec)
            throws IOException {
        return closedOnFailure(socket, opened -> {
            if (spec.receiveBuffer() > 0) {
                opened.setReceiveBufferSize(spec.receiveBuffer());
            }
            opened.bind(address, spec.backlog());
            opened.setSoTimeout((int) spec.deadline().toMillis());
        });
    }

    private static ServerSocketChannel channel(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        return bound(ServerSocketChannel.open(), address, spec);
    }

    private static RawServer unixChannel(Class<?> type, ServerSpec spec, Settings settings) throws IOException {
        UnixPath path = UnixPath.open();
        try {
            ServerSocketChannel channel =
                    bound(ServerSocketChannel.open(StandardProtocolFamily.UNIX), path.address(), spec);
            return new RawServer(type, spec, channel, path.address(), path);
        } catch (IOException | RuntimeException e) {
            path.close();
            throw e;
        }
    }

    private static ServerSocketChannel bound(ServerSocketChannel channel, SocketAddress address, ServerSpec spec)
            throws IOException {
        return closedOnFailure(channel, opened -> {
            if (spec.receiveBuffer() > 0) {
                opened.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            opened.bind(address, spec.backlog());
        });
    }

    private static RawServer asynchronous(Class<?> type, ServerSpec spec, Settings settings) throws IOException {
        AsynchronousGroup group = new AsynchronousGroup();
        try {
            return Ports.open(
                    spec.transport(),
                    address -> new RawServer(type, spec, asynchronous(address, spec, group), address, group));
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private static AsynchronousServerSocketChannel asynchronous(
            InetSocketAddress address, ServerSpec spec, AsynchronousGroup group) throws IOException {
        return closedOnFailure(AsynchronousServerSocketChannel.open(group.get()), opened -> {
            if (spec.receiveBuffer() > 0) {
                opened.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            opened.bind(address, spec.backlog());
        });
    }

    private static DatagramSocket datagramSocket(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        DatagramSocket socket = settings.transcript().size() > 0
                ? RecordedDatagramSocket.ofServer(address, spec, settings)
                : new DatagramSocket(address);
        return closedOnFailure(socket, opened -> {
            if (spec.receiveBuffer() > 0) {
                opened.setReceiveBufferSize(spec.receiveBuffer());
            }
            if (spec.sendBuffer() > 0) {
                opened.setSendBufferSize(spec.sendBuffer());
            }
            opened.setSoTimeout((int) spec.deadline().toMillis());
        });
    }

    private static DatagramChannel datagramChannel(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws IOException {
        return closedOnFailure(DatagramChannel.open(Loopback.family(address.getAddress())), opened -> {
            if (spec.receiveBuffer() > 0) {
                opened.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBuffer());
            }
            if (spec.sendBuffer() > 0) {
                opened.setOption(StandardSocketOptions.SO_SNDBUF, spec.sendBuffer());
            }
            opened.bind(address);
        });
    }
}
