package org.junitsockets.assertj;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the address of a socket. All of them fail on one that is not an internet address and
 * port.
 *
 * @param <SELF> the type of this assertion
 * @param <ACTUAL> the type of the address
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public abstract class AbstractSocketAddressAssert<
                SELF extends AbstractSocketAddressAssert<SELF, ACTUAL>, ACTUAL extends SocketAddress>
        extends AbstractObjectAssert<SELF, ACTUAL> {

    AbstractSocketAddressAssert(@Nullable ACTUAL actual, Class<?> selfType) {
        super(actual, selfType);
    }

    /**
     * Verifies its port.
     *
     * @param port from 0 to 65535
     * @return this assertion
     */
    public SELF hasPort(int port) {
        return require(address -> address.getPort() == port, "port " + port);
    }

    /**
     * Verifies the host name, or the literal where it was made from that, without a look-up.
     *
     * @param host as {@link InetSocketAddress#getHostString()} gives it
     * @return this assertion
     */
    public SELF hasHostString(String host) {
        requireNonNull(host, "host");
        return require(address -> host.equals(address.getHostString()), "host '" + host + "'");
    }

    /**
     * Verifies its internet address.
     *
     * @param expected without the port
     * @return this assertion
     */
    public SELF hasAddress(InetAddress expected) {
        requireNonNull(expected, "expected");
        return require(address -> expected.equals(address.getAddress()), "address " + expected);
    }

    /**
     * Verifies that it is a loopback address, of IPv4 or IPv6.
     *
     * @return this assertion
     */
    public SELF isLoopback() {
        return require(
                address -> !address.isUnresolved() && address.getAddress().isLoopbackAddress(), "a loopback address");
    }

    /**
     * Verifies that it is one of IPv4.
     *
     * @return this assertion
     */
    public SELF isIpv4() {
        return require(address -> address.getAddress() instanceof Inet4Address, "an IPv4 address");
    }

    /**
     * Verifies that it is one of IPv6.
     *
     * @return this assertion
     */
    public SELF isIpv6() {
        return require(address -> address.getAddress() instanceof Inet6Address, "an IPv6 address");
    }

    /**
     * Verifies that its host name was resolved.
     *
     * @return this assertion
     */
    public SELF isResolved() {
        return require(address -> !address.isUnresolved(), "a resolved address");
    }

    /**
     * Verifies that its host name was not resolved.
     *
     * @return this assertion
     */
    public SELF isUnresolved() {
        return require(InetSocketAddress::isUnresolved, "an unresolved address");
    }

    private SELF require(Predicate<InetSocketAddress> holds, String expected) {
        isNotNull();
        if (!(actual instanceof InetSocketAddress address) || !holds.test(address)) {
            throw failureWithActualExpected(actual, expected, "%s", "expected: " + expected + "\n but was: " + actual);
        }
        return myself;
    }
}
