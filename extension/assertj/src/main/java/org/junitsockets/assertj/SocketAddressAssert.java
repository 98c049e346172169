package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.SocketAddress;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the address of a socket, such as a connection's.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketAddressAssert extends AbstractSocketAddressAssert<SocketAddressAssert, SocketAddress> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(SocketAddress)} is what tests call.
     *
     * @param actual what to assert on
     */
    public SocketAddressAssert(@Nullable SocketAddress actual) {
        super(actual, SocketAddressAssert.class);
    }
}
