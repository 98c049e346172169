package org.junitsockets.assertj;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on how a socket channel stands. They read nothing from it, so they do not know whether
 * the other side has ended.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketChannelAssert extends AbstractObjectAssert<SocketChannelAssert, SocketChannel> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(SocketChannel)} is what tests call.
     *
     * @param actual what to assert on
     */
    public SocketChannelAssert(@Nullable SocketChannel actual) {
        super(actual, SocketChannelAssert.class);
    }

    /**
     * Verifies that it was not closed, whether it is connected or not.
     *
     * @return this assertion
     */
    public SocketChannelAssert isOpen() {
        isNotNull();
        return require(actual.isOpen(), "an open channel");
    }

    /**
     * Verifies that this side has closed it.
     *
     * @return this assertion
     */
    public SocketChannelAssert isClosed() {
        isNotNull();
        return require(!actual.isOpen(), "a closed channel");
    }

    /**
     * Verifies that it is connected and was not closed.
     *
     * @return this assertion
     */
    public SocketChannelAssert isConnected() {
        isNotNull();
        return require(actual.isOpen() && actual.isConnected(), "a connected channel");
    }

    /**
     * Verifies that it was never connected, or was closed since.
     *
     * @return this assertion
     */
    public SocketChannelAssert isNotConnected() {
        isNotNull();
        return require(!actual.isOpen() || !actual.isConnected(), "a channel that is not connected");
    }

    /**
     * Verifies to whom it is connected.
     *
     * @param address of the other side
     * @return this assertion
     */
    public SocketChannelAssert isConnectedTo(SocketAddress address) {
        requireNonNull(address, "address");
        isNotNull();
        return require(address.equals(remote()), "a channel connected to " + address);
    }

    /**
     * Verifies which address it has at this side.
     *
     * @param address to which it is bound
     * @return this assertion
     */
    public SocketChannelAssert hasLocalAddress(SocketAddress address) {
        requireNonNull(address, "address");
        isNotNull();
        return require(address.equals(local()), "a channel with the local address " + address);
    }

    /**
     * Verifies that its reads and writes block.
     *
     * @return this assertion
     */
    public SocketChannelAssert isBlocking() {
        isNotNull();
        return require(actual.isBlocking(), "a blocking channel");
    }

    /**
     * Verifies that its reads and writes do not block.
     *
     * @return this assertion
     */
    public SocketChannelAssert isNonBlocking() {
        isNotNull();
        return require(!actual.isBlocking(), "a non-blocking channel");
    }

    private SocketChannelAssert require(boolean holds, String expected) {
        if (!holds) {
            String found = state();
            throw failureWithActualExpected(found, expected, "%s", "expected: " + expected + "\n but was: " + found);
        }
        return this;
    }

    private String state() {
        @Nullable SocketAddress remote = remote();
        @Nullable SocketAddress local = local();
        return (actual.isOpen() ? "open" : "closed")
                + (remote == null ? ", not connected" : ", connected to " + remote)
                + (local == null ? "" : " from " + local)
                + (actual.isBlocking() ? ", blocking" : ", non-blocking");
    }

    private @Nullable SocketAddress remote() {
        try {
            return actual.isOpen() ? actual.getRemoteAddress() : null;
        } catch (IOException e) {
            return null; // closed in the meantime
        }
    }

    private @Nullable SocketAddress local() {
        try {
            return actual.isOpen() ? actual.getLocalAddress() : null;
        } catch (IOException e) {
            return null; // closed in the meantime
        }
    }
}
