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
     * @param what it would be, in messages
     * @param besides what there is over each transport besides these types
     */
    O require(Class<?> type, Choice choice, String what, List<Class<?>> besides) {
        Map<Transport, O> its = requireNonNull(openers.get(type), "not one of the types");
        @Nullable O opener = its.get(choice.transport());
        if (opener == null) {
            throw choice.unsupported(what + ": found the transport " + choice.transport()
                    + ", over which the JDK has no " + type.getSimpleName() + " (expected: one of "
                    + its.keySet().stream().map(Transport::name).collect(Collectors.joining(", ")) + "; or over "
                    + choice.transport() + " one of " + names(choice.transport(), besides) + ")");
        }
        return opener;
    }

    private String names(Transport transport, List<Class<?>> besides) {
        List<Class<?>> all = new ArrayList<>(besides);
        openers.forEach((type, its) -> {
            if (its.containsKey(transport)) {
                all.add(type);
            }
        });
        return all.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
