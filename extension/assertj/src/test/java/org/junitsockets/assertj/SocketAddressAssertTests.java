package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SocketAddressAssertTests {

    private final InetSocketAddress loopback = new InetSocketAddress(address(127, 0, 0, 1), 80);
    private final InetSocketAddress loopback6 =
            new InetSocketAddress(address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 80);
    private final InetSocketAddress elsewhere = new InetSocketAddress(address(192, 0, 2, 1), 80);
    private final InetSocketAddress unresolved = InetSocketAddress.createUnresolved("example.org", 80);

    @Test
    void what() {
        assertThat(loopback)
                .hasPort(80)
                .hasHostString("127.0.0.1")
                .hasAddress(loopback.getAddress())
                .isLoopback()
                .isResolved()
                .isIpv4();
        assertThat(loopback6).isLoopback().isIpv6();
        assertThat(unresolved).isUnresolved().hasHostString("example.org");
        SocketAddress any = loopback;
        assertThat(any).hasPort(80).isLoopback();
    }

    @Test
    void whatNot() {
        assertFails(() -> assertThat(elsewhere).hasPort(81), """
                expected: port 81
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(elsewhere).hasHostString("example.org"), """
                expected: host 'example.org'
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(elsewhere).hasAddress(address(192, 0, 2, 2)), """
                expected: address /192.0.2.2
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(elsewhere).isLoopback(), """
                expected: a loopback address
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(elsewhere).isIpv6(), """
                expected: an IPv6 address
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(elsewhere).isUnresolved(), """
                expected: an unresolved address
                 but was: /192.0.2.1:80""");
        assertFails(() -> assertThat(unresolved).isResolved(), """
                expected: a resolved address
                 but was: example.org/<unresolved>:80""");
        assertFails(() -> assertThat(unresolved).isLoopback(), """
                expected: a loopback address
                 but was: example.org/<unresolved>:80""");
        assertFails(() -> assertThat(unresolved).as("where").isIpv4(), """
                [where] expected: an IPv4 address
                 but was: example.org/<unresolved>:80""");
        assertFails(() -> assertThat((InetSocketAddress) null).isIpv4(), """

                Expecting actual not to be null""");
    }

    @Test
    void noInternetAddress() {
        SocketAddress unix = UnixDomainSocketAddress.of("/tmp/socket");
        assertFails(() -> assertThat(unix).hasPort(80), """
                expected: port 80
                 but was: /tmp/socket""");
        assertFails(() -> assertThat(unix).isLoopback(), """
                expected: a loopback address
                 but was: /tmp/socket""");
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
