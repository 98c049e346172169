package org.junitsockets.raw;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;

/**
 * Which types of sockets there are over which transports, and how one of each is opened.
 *
 * @param <O> what opens one
 */
final class JdkTypes<O> {

    private final Map<Class<?>, Map<Transport, O>> openers = new LinkedHashMap<>();

    JdkTypes<O> with(Class<?> type, Set<Transport> transports, O opener) {
        Map<Transport, O> its = openers.computeIfAbsent(type, any -> new EnumMap<>(Transport.class));
        transports.forEach(transport -> its.put(transport, opener));
        return this;
    }

    List<Class<?>> types() {
        return List.copyOf(openers.keySet());
    }

    boolean carries(Class<?> type, Transport transport) {
        @Nullable Map<Transport, O> its = openers.get(type);
        return its != null && its.containsKey(transport);
    }

    /**
     * What opens one.
     *
     * @param tls whether there is TLS on top of the transport, if that has none itself
     * @param what it would be, in messages
     * @param besides what there is over each transport besides these types
     */
    O require(Class<?> type, Choice choice, boolean tls, String what, List<Class<?>> besides) {
        Map<Transport, O> its = requireNonNull(openers.get(type), "not one of the types");
        @Nullable Transport transport = secured(choice.transport(), tls);
        @Nullable O opener = transport == null ? null : its.get(transport);
        if (opener == null) {
            String found = choice.transport() + (tls && transport != choice.transport() ? " with TLS" : "");
            throw choice.unsupported(what + ": found the transport " + found + ", over which the JDK has no "
                    + type.getSimpleName() + " (expected: one of "
                    + its.keySet().stream().map(Transport::name).collect(Collectors.joining(", ")) + "; or over "
                    + found + " one of " + names(transport, besides) + ")");
        }
        return opener;
    }

    /** Whose sockets there are; none for what the JDK has no TLS over but for who puts it there himself. */
    private static @Nullable Transport secured(Transport transport, boolean tls) {
        if (!tls || transport.has(Capability.TLS)) {
            return transport;
        }
        return transport.has(Capability.STREAM) && transport.has(Capability.IP_ADDRESS) ? Transport.TLS : null;
    }

    private String names(@Nullable Transport transport, List<Class<?>> besides) {
        List<Class<?>> all = new ArrayList<>(besides);
        openers.forEach((type, its) -> {
            if (transport != null && its.containsKey(transport)) {
                all.add(type);
            }
        });
        return all.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
