package org.junitsockets.deadend;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.DeadEnd;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.transport.Transports;

/** Opens addresses that lead nowhere. */
public final class DeadEnds {

    private static final Map<Transport, Family> FAMILIES = new EnumMap<>(Transport.class);

    static {
        Family tcp = new TcpDeadEnds();
        FAMILIES.put(Transport.TCP, tcp);
        FAMILIES.put(Transport.TCP6, tcp);
        FAMILIES.put(Transport.TLS, tcp); // what fails does so before any TLS
        Family udp = new UdpDeadEnds();
        FAMILIES.put(Transport.UDP, udp);
        FAMILIES.put(Transport.UDP6, udp);
        FAMILIES.put(Transport.UNIX, new UnixDeadEnds());
    }

    private DeadEnds() {}

    /** A dead end that closes as a {@link Closeable}. */
    public interface CloseableDeadEnd extends DeadEnd, Closeable {
        @Override
        void close();
    }

    /** How they are made where addresses are of one kind. */
    interface Family {

        CloseableDeadEnd refused(Transport transport) throws IOException;

        /** Throws {@link UnsupportedTransportException} where this system does not let connects wait. */
        CloseableDeadEnd unresponsive(Transport transport) throws IOException;

        CloseableDeadEnd occupied(Transport transport) throws IOException;
    }

    private interface Opener {
        CloseableDeadEnd open(Family family) throws IOException;
    }

    public static CloseableDeadEnd refused(Transport transport) {
        return open("a refused endpoint", transport, family -> family.refused(transport));
    }

    public static CloseableDeadEnd unresponsive(Transport transport) {
        return open("an unresponsive endpoint", transport, family -> family.unresponsive(transport));
    }

    public static CloseableDeadEnd occupied(Transport transport) {
        return open("an occupied endpoint", transport, family -> family.occupied(transport));
    }

    /** Whether there are any over a transport, on some system. */
    public static boolean carries(Transport transport) {
        return FAMILIES.containsKey(transport);
    }

    private static CloseableDeadEnd open(String what, Transport transport, Opener opener) {
        @Nullable Family family = FAMILIES.get(transport);
        if (family == null) {
            throw new UnsupportedTransportException(
                    transport,
                    what + ": found the transport " + transport + " (expected: one of "
                            + FAMILIES.keySet().stream().map(Transport::name).collect(Collectors.joining(", ")) + ")");
        }
        requireAvailable(transport);
        try {
            return opener.open(family);
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + what + ": " + e.getMessage(), e);
        }
    }

    /** Of TLS it takes no certificate. */
    static void requireAvailable(Transport transport) {
        Transports.require(transport == Transport.TLS ? Transport.TCP : transport);
    }
}
