package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.PortLease;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.deadend.DeadEnds.CloseableDeadEnd;
import org.junitsockets.port.Ports;

/**
 * A port that is bound and where nobody is: TCP connects are refused, UDP datagrams answered by port
 * unreachable, and nobody else can bind.
 *
 * <p>Its socket has no {@code SO_REUSEADDR}; with it, others that have it too could bind over it.
 */
public final class HeldPort implements CloseableDeadEnd, PortLease {

    private static final int MOST_TRIES = 10;

    private static final Map<Transport, Ports.Opener<? extends Closeable>> BINDERS = new EnumMap<>(Map.of(
            Transport.TCP, HeldPort::bindTcp,
            Transport.TCP6, HeldPort::bindTcp,
            Transport.TLS, HeldPort::bindTcp,
            Transport.UDP, UdpDeadEnds::bindToItself,
            Transport.UDP6, UdpDeadEnds::bindToItself));

    private final Closeable socket;
    private final InetSocketAddress address;

    private HeldPort(Closeable socket, InetSocketAddress address) {
        this.socket = socket;
        this.address = address;
    }

    /** Whether a transport has ports that can be held. */
    public static boolean carries(Transport transport) {
        return BINDERS.containsKey(transport);
    }

    /**
     * Holds the next port of a transport.
     *
     * @throws UnsupportedTransportException if it has none, or this system lacks it
     */
    public static HeldPort open(Transport transport) {
        Ports.@Nullable Opener<? extends Closeable> binder = BINDERS.get(transport);
        if (binder == null) {
            throw new UnsupportedTransportException(
                    transport,
                    "holding a port: found the transport " + transport + ", which has none (expected: one of "
                            + BINDERS.keySet().stream().map(Transport::name).collect(Collectors.joining(", ")) + ")");
        }
        DeadEnds.requireAvailable(transport);
        try {
            return Ports.open(transport, address -> new HeldPort(binder.open(address), address));
        } catch (IOException e) {
            throw new UncheckedIOException("holding a port: " + e.getMessage(), e);
        }
    }

    public static <T> T start(Starter<T> starter) throws Exception {
        for (int tried = 1; ; tried++) {
            int port = open(Transport.TCP).release();
            try {
                return starter.start(port);
            } catch (Exception e) {
                if (tried == MOST_TRIES || !isTaken(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isTaken(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static Socket bindTcp(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(false);
            socket.bind(address);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public SocketAddress socketAddress() {
        return address;
    }

    @Override
    public int port() {
        return address.getPort();
    }

    @Override
    public int release() {
        close();
        return port();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("letting go of " + address + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "held port " + port();
    }
}
