package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.junitsockets.Capability.CONDITIONAL_RESET;
import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.HALF_CLOSE;
import static org.junitsockets.Capability.IP_ADDRESS;
import static org.junitsockets.Capability.MESSAGES;
import static org.junitsockets.Capability.RESET;
import static org.junitsockets.Capability.STREAM;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitsockets.transport.Transports;

/**
 * What carries a connection: an address family, a socket type and a protocol, the three arguments of
 * {@code socket(family, type, protocol)}.
 *
 * <pre>{@code
 * Transport.UNIX.family();               // AF_UNIX
 * Transport.UNIX.has(IP_ADDRESS);        // false
 * Transport.TCP6.unavailableBecause();   // empty where there is IPv6
 * }</pre>
 *
 * <p>All are named here; not each is there on each system and class path: {@link
 * #unavailableBecause()}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Transport {

    /** TCP over IPv4, on {@code 127.0.0.1}. */
    TCP("AF_INET", "SOCK_STREAM", "IPPROTO_TCP", STREAM, CONNECTIONS, HALF_CLOSE, RESET, IP_ADDRESS),

    /** TCP over IPv6, on {@code ::1}. */
    TCP6("AF_INET6", "SOCK_STREAM", "IPPROTO_TCP", STREAM, CONNECTIONS, HALF_CLOSE, RESET, IP_ADDRESS),

    /** UDP over IPv4, on {@code 127.0.0.1}. What one sender sends is taken for one connection. */
    UDP("AF_INET", "SOCK_DGRAM", "IPPROTO_UDP", MESSAGES, IP_ADDRESS),

    /** UDP over IPv6, on {@code ::1}. What one sender sends is taken for one connection. */
    UDP6("AF_INET6", "SOCK_DGRAM", "IPPROTO_UDP", MESSAGES, IP_ADDRESS),

    /** Stream sockets between processes of one machine, at a path of the file system. */
    UNIX("AF_UNIX", "SOCK_STREAM", "0", STREAM, CONNECTIONS, HALF_CLOSE, CONDITIONAL_RESET),

    /** TLS over TCP over IPv4, with a certificate made for the test. */
    TLS("AF_INET", "SOCK_STREAM", "IPPROTO_TCP", STREAM, CONNECTIONS, HALF_CLOSE, RESET, IP_ADDRESS, Capability.TLS),

    /** Datagrams between processes of one machine, at a path of the file system. */
    UNIX_DATAGRAM("AF_UNIX", "SOCK_DGRAM", "0", MESSAGES),

    /** Messages over connections between processes of one machine. */
    UNIX_SEQPACKET("AF_UNIX", "SOCK_SEQPACKET", "0", MESSAGES, CONNECTIONS, HALF_CLOSE),

    /** Frames of a CAN bus, classic and FD. */
    CAN("AF_CAN", "SOCK_RAW", "CAN_RAW", MESSAGES),

    /** Messages of up to 4,095 bytes and more over a CAN bus (ISO 15765-2). */
    CAN_ISOTP("AF_CAN", "SOCK_DGRAM", "CAN_ISOTP", MESSAGES),

    /** Reliable Datagram Sockets. */
    RDS("AF_RDS", "SOCK_SEQPACKET", "0", MESSAGES),

    /** Streams between a virtual machine and its host. */
    VSOCK("AF_VSOCK", "SOCK_STREAM", "0", STREAM, CONNECTIONS, HALF_CLOSE),

    /** Messages over connections between a virtual machine and its host. */
    VSOCK_SEQPACKET("AF_VSOCK", "SOCK_SEQPACKET", "0", MESSAGES, CONNECTIONS);

    private final String family;
    private final String type;
    private final String protocol;

    @SuppressWarnings("ImmutableEnumChecker") // it cannot be modified
    private final Set<Capability> capabilities;

    Transport(String family, String type, String protocol, Capability first, Capability... others) {
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        this.capabilities = Collections.unmodifiableSet(EnumSet.of(first, others));
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
     * Returns the protocol by the name of its constant, such as {@code IPPROTO_TCP}.
     *
     * @return the name, or {@code 0} where the family has one for the type
     */
    public String protocol() {
        return protocol;
    }

    /**
     * Returns what it can do and what it is like.
     *
     * @return an unmodifiable set
     */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /**
     * Tells whether it can do something, or is like that.
     *
     * @param capability what is asked for
     * @return whether it is among the {@link #capabilities()}
     */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * Tells why this transport cannot be used: nothing on the class path supplies it, and then which
     * artifact would; or this system lacks it.
     *
     * <p>The answer is found by trying, once per JVM.
     *
     * @return the reason, or empty where it can be used
     */
    public Optional<String> unavailableBecause() {
        return Transports.unavailableBecause(this);
    }
}
