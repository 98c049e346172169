package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.InetSocketAddress;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on an internet address and port.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class InetSocketAddressAssert extends AbstractSocketAddressAssert<InetSocketAddressAssert, InetSocketAddress> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(InetSocketAddress)} is what tests call.
     *
     * @param actual what to assert on
     */
    public InetSocketAddressAssert(@Nullable InetSocketAddress actual) {
        super(actual, InetSocketAddressAssert.class);
    }
}
