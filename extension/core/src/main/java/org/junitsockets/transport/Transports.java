package org.junitsockets.transport;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.spi.TransportProvider;

/** Who supplies which transport: this library for what the JDK has sockets for, others through {@link ServiceLoader}. */
public final class Transports {

    private static final String NATIVE = "org.junitsockets:junit-sockets-native";

    private static final Set<Transport> IN_NATIVE = EnumSet.range(Transport.UNIX_DATAGRAM, Transport.VSOCK_SEQPACKET);

    private static final Map<Transport, TransportProvider> OF_OTHERS = ofOthers();
    private static final Map<Transport, Optional<String>> UNAVAILABLE = new EnumMap<>(Transport.class);

    private Transports() {}

    /** Why the transport cannot be used here, found by trying once. */
    public static Optional<String> unavailableBecause(Transport transport) {
        if (OF_OTHERS.get(transport) == null && IN_NATIVE.contains(transport)) {
            return Optional.of("nothing on the class path supplies it (" + NATIVE + " does)");
        }
        return Loopback.unavailableBecause(transport);
    }

    private static Map<Transport, TransportProvider> ofOthers() {
        Map<Transport, TransportProvider> found = new EnumMap<>(Transport.class);
        for (TransportProvider provider :
                ServiceLoader.load(TransportProvider.class, Transports.class.getClassLoader())) {
            provider.transports().forEach(transport -> found.putIfAbsent(transport, provider));
        }
        return found;
    }
}
