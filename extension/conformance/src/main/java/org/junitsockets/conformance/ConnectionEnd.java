package org.junitsockets.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junitsockets.Capability;
import org.junitsockets.SocketConnection;

/**
 * The end of a connection of the library's own, whose deadlines are assertions. Where there is TLS its
 * handshake goes on by itself.
 */
final class ConnectionEnd implements End {

    /** As long as one can be. */
    private static final Duration NONE = Duration.ofDays(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What one call does. */
    private interface Operation<T> {
        T go() throws IOException;
    }

    private final SocketConnection connection;

    ConnectionEnd(SocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        return within(timeout, () -> readNow(into));
    }

    private int readNow(byte[] into) throws IOException {
        if (!connection.transport().has(Capability.MESSAGES)) {
            return connection.input().read(into);
        }
        byte[] message;
        try {
            message = connection.readMessage(into.length).bytes();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof EOFException) {
                return -1;
            }
            throw e.getCause();
        }
        System.arraycopy(message, 0, into, 0, message.length);
        return message.length;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, NONE);
    }

    @Override
    public void write(byte[] bytes, Duration timeout) throws IOException {
        within(timeout, () -> {
            connection.output().write(bytes);
            return true;
        });
    }

    private <T> T within(Duration timeout, Operation<T> operation) throws IOException {
        connection.deadline(timeout.compareTo(SHORTEST) < 0 ? SHORTEST : timeout);
        try {
            return operation.go();
        } catch (AssertionError e) {
            SocketTimeoutException late = new SocketTimeoutException(e.getMessage());
            late.initCause(e);
            throw late;
        }
    }

    @Override
    public void shutdownOutput() {
        connection.shutdownOutput();
    }

    @Override
    public void reset() {
        connection.rst();
    }

    @Override
    public String applicationProtocol() throws IOException {
        return within(NONE, () -> connection.tls().applicationProtocol().orElse(""));
    }

    @Override
    public void truncate() {
        connection.truncate();
    }

    @Override
    public SocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
