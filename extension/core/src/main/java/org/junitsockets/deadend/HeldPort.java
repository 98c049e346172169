package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.junitsockets.DeadEnd;
import org.junitsockets.PortLease;
import org.junitsockets.Transport;
import org.junitsockets.port.Ports;
import org.junitsockets.transport.Transports;

/**
 * A socket that is bound and never listens: connects are refused, and nobody else can bind.
 *
 * <p>It has no {@code SO_REUSEADDR}; with it, others that have it too could bind over it.
 */
public final class HeldPort implements DeadEnd, PortLease, Closeable {

    private static final int MOST_TRIES = 10;

    private final Socket socket;
    private final InetSocketAddress address;

    private HeldPort(Socket socket, InetSocketAddress address) {
        this.socket = socket;
        this.address = address;
    }

    public static HeldPort open(Transport transport) {
        try {
            Transports.require(transport);
            return Ports.open(transport, HeldPort::bind);
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

    private static HeldPort bind(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(false);
            socket.bind(address);
            return new HeldPort(socket, address);
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
