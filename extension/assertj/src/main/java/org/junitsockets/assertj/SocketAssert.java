package org.junitsockets.assertj;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.Socket;
import java.net.SocketAddress;
import java.util.Objects;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on how a socket of the JDK's stands. They read nothing from it, so they do not know
 * whether the other side has ended.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketAssert extends AbstractObjectAssert<SocketAssert, Socket> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(Socket)} is what tests call.
     *
     * @param actual what to assert on
     */
    public SocketAssert(@Nullable Socket actual) {
        super(actual, SocketAssert.class);
    }

    /**
     * Verifies that it was not closed, whether it is connected or not.
     *
     * @return this assertion
     */
    public SocketAssert isOpen() {
        isNotNull();
        return require(!actual.isClosed(), "an open socket");
    }

    /**
     * Verifies that this side has closed it.
     *
     * @return this assertion
     */
    public SocketAssert isClosed() {
        isNotNull();
        return require(actual.isClosed(), "a closed socket");
    }

    /**
     * Verifies that it was connected and was not closed since. (The socket itself goes on saying that it
     * is connected.)
     *
     * @return this assertion
     */
    public SocketAssert isConnected() {
        isNotNull();
        return require(actual.isConnected() && !actual.isClosed(), "a connected socket");
    }

    /**
     * Verifies that it was never connected, or was closed since.
     *
     * @return this assertion
     */
    public SocketAssert isNotConnected() {
        isNotNull();
        return require(!actual.isConnected() || actual.isClosed(), "a socket that is not connected");
    }

    /**
     * Verifies to whom it is connected.
     *
     * @param address of the other side
     * @return this assertion
     */
    public SocketAssert isConnectedTo(SocketAddress address) {
        requireNonNull(address, "address");
        isNotNull();
        return require(
                !actual.isClosed() && address.equals(actual.getRemoteSocketAddress()),
                "a socket connected to " + address);
    }

    /**
     * Verifies which address it has at this side.
     *
     * @param address to which it is bound
     * @return this assertion
     */
    public SocketAssert hasLocalAddress(SocketAddress address) {
        requireNonNull(address, "address");
        isNotNull();
        return require(
                Objects.equals(address, actual.getLocalSocketAddress()), "a socket with the local address " + address);
    }

    /**
     * Verifies that this side has ended its output, and has not closed it.
     *
     * @return this assertion
     */
    public SocketAssert hasOutputShutdown() {
        isNotNull();
        return require(actual.isOutputShutdown() && !actual.isClosed(), "an open socket whose output was shut down");
    }

    /**
     * Verifies that this side has ended its input, and has not closed it.
     *
     * @return this assertion
     */
    public SocketAssert hasInputShutdown() {
        isNotNull();
        return require(actual.isInputShutdown() && !actual.isClosed(), "an open socket whose input was shut down");
    }

    private SocketAssert require(boolean holds, String expected) {
        if (!holds) {
            String found = state();
            throw failureWithActualExpected(found, expected, "%s", "expected: " + expected + "\n but was: " + found);
        }
        return this;
    }

    private String state() {
        StringBuilder state = new StringBuilder(actual.isClosed() ? "closed" : "open");
        if (!actual.isConnected()) {
            state.append(", not connected");
        } else if (actual.isClosed()) { // which has forgotten its own address
            state.append(", was connected to ").append(actual.getRemoteSocketAddress());
        } else {
            state.append(", connected to ")
                    .append(actual.getRemoteSocketAddress())
                    .append(" from ")
                    .append(actual.getLocalSocketAddress());
        }
        return state.append(actual.isOutputShutdown() ? ", output shut down" : "")
                .append(actual.isInputShutdown() ? ", input shut down" : "")
                .toString();
    }
}
