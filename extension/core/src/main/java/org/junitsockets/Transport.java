package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitsockets.port.Loopback;

/**
 * What carries a connection: an address family and a socket type, the first two arguments of
 * {@code socket(family, type, protocol)}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Transport {

    /** TCP over IPv4, on {@code 127.0.0.1}. */
    TCP("AF_INET", "SOCK_STREAM"),

    /** TCP over IPv6, on {@code ::1}. */
    TCP6("AF_INET6", "SOCK_STREAM");

    private final String family;
    private final String type;

    Transport(String family, String type) {
        this.family = family;
        this.type = type;
    }

    /**
     * Returns the address family by its POSIX name, such as {@code AF_INET}.
     *
     * @return the name of the address family
     */
    public String family() {
        return family;
    }

    /**
     * Returns the socket type by its POSIX name, such as {@code SOCK_STREAM}.
     *
     * @return the name of the socket type
     */
    public String type() {
        return type;
    }

    /**
     * Tells why this system cannot use this transport.
     *
     * <p>The answer is found by trying, once per JVM.
     *
     * @return the reason, or empty where it can be used
     */
    public Optional<String> unavailableBecause() {
        return Loopback.unavailableBecause(this);
    }
}
