package org.junitsockets.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spi.TransportProvider;
import org.junitsockets.tls.TlsProviders;

/** Who supplies which transport: this library what the JDK has sockets for, others the rest. */
public final class Transports {

    /** The artifact that supplies the families that the JDK has no sockets for. */
    private static final String NATIVE = "org.junitsockets:junit-sockets-native";

    private static final Map<Transport, TransportProvider> OWN =
            byTransport(List.of(new InetStreams(), new UnixStreams(), new Datagrams()));

    private static final Map<Transport, Optional<String>> UNAVAILABLE = new EnumMap<>(Transport.class);

    /** Looked for when one of them is asked for: a test over TCP need not wait for that. */
    private static final class Others {
        private static final Map<Transport, TransportProvider> FOUND =
                byTransport(ServiceLoader.load(TransportProvider.class, Transports.class.getClassLoader()));
    }

    private Transports() {}

    /**
     * Who supplies the transport.
     *
     * @throws UnsupportedTransportException if nobody does, or this system lacks it
     */
    public static TransportProvider require(Transport transport) {
        Optional<String> reason = unavailableBecause(transport);
        @Nullable TransportProvider provider = find(transport);
        if (reason.isPresent() || provider == null) {
            throw new UnsupportedTransportException(
                    transport,
                    transport + " (" + transport.family() + ", " + transport.type()
                            + ") is not available on this system: " + reason.orElseThrow());
        }
        return provider;
    }

    /** Why the transport cannot be used here, found by trying once. */
    public static Optional<String> unavailableBecause(Transport transport) {
        if (transport == Transport.TCP) {
            return Optional.empty(); // 127.0.0.1 is there wherever there is a network at all; a bind says if not
        }
        synchronized (UNAVAILABLE) {
            return UNAVAILABLE.computeIfAbsent(transport, Transports::lookWhy);
        }
    }

    private static Optional<String> lookWhy(Transport transport) {
        @Nullable TransportProvider provider = find(transport);
        if (provider == null) {
            return Optional.of("nothing on the class path supplies it (" + NATIVE + " does)");
        }
        Optional<String> reason = provider.unavailableBecause(transport);
        return reason.isEmpty() && transport.has(Capability.TLS) ? TlsProviders.unavailableBecause() : reason;
    }

    private static @Nullable TransportProvider find(Transport transport) {
        @Nullable TransportProvider own = OWN.get(transport);
        return own == null ? Others.FOUND.get(transport) : own;
    }

    private static Map<Transport, TransportProvider> byTransport(Iterable<? extends TransportProvider> providers) {
        Map<Transport, TransportProvider> found = new EnumMap<>(Transport.class);
        for (TransportProvider provider : providers) {
            for (Transport transport : provider.transports()) {
                found.putIfAbsent(transport, provider);
            }
        }
        return found;
    }
}
