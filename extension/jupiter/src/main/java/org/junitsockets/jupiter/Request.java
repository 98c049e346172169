package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsockets.PortLease;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.RawServers;

/**
 * A parameter or field that wants something from us.
 *
 * @param type what it can hold
 * @param kind what it wants
 * @param server the name of the server it wants it of; empty where it gives none
 * @param scheme of the URI it may want
 * @param transport of an address that is no server's, if given
 * @param asking the annotation that asks, or the bare type, in words
 */
record Request(
        AnnotatedElement element,
        Class<?> type,
        Kind kind,
        String server,
        String scheme,
        List<Transport> transport,
        String asking) {

    enum Kind {
        SERVER,
        CLIENT,
        PAIR,
        ADDRESS,
        PORT,
        LEASED_PORT,
        REFUSED,
        UNRESPONSIVE,
        OCCUPIED;

        /** Whether it is about a server that is declared somewhere. */
        boolean isOfServer() {
            return this != LEASED_PORT && this != REFUSED && this != UNRESPONSIVE && this != OCCUPIED;
        }
    }

    private static final List<Class<?>> SERVERS = union(List.of(SocketServer.class), RawServers.TYPES);
    private static final List<Class<?>> PAIRS = List.of(SocketPair.class);
    private static final List<Class<?>> ADDRESSES = List.of(InetSocketAddress.class, SocketAddress.class, URI.class);
    private static final List<Class<?>> NUMBERS = List.of(int.class, Integer.class);
    private static final List<Class<?>> LEASES = List.of(int.class, Integer.class, PortLease.class);
    private static final List<Class<?>> SERVERS_AND_ADDRESSES = union(SERVERS, ADDRESSES);
    private static final List<Class<?>> ADDRESSES_AND_NUMBERS = union(ADDRESSES, NUMBERS);

    /** What nobody else resolves, so that it needs no annotation. */
    private static final List<Class<?>> BARE = union(union(SERVERS, Clients.TYPES), PAIRS);

    private static final List<Class<?>> ANYTHING = union(BARE, ADDRESSES_AND_NUMBERS);

    /** May stand beside a type that is to be resolved bare: they say nothing about where it comes from. */
    private static final Set<String> NULLNESS = Set.of("NonNull", "Nonnull", "NotNull", "Nullable");

    private static List<Class<?>> union(List<Class<?>> some, List<Class<?>> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    static Optional<Request> of(Parameter parameter) {
        Optional<Request> asked = asked(parameter, parameter.getType());
        if (asked.isPresent() || !isBare(parameter)) {
            return asked;
        }
        return kindOf(parameter.getType(), BARE)
                .map(kind -> new Request(
                        parameter,
                        parameter.getType(),
                        kind,
                        "",
                        "tcp",
                        List.of(),
                        "the type " + Words.simpleName(parameter.getType())));
    }

    static Optional<Request> of(Field field) {
        return asked(field, field.getType());
    }

    private static boolean isBare(Parameter parameter) {
        return Stream.of(parameter.getAnnotations())
                .allMatch(annotation ->
                        NULLNESS.contains(annotation.annotationType().getSimpleName()));
    }

    private static Optional<Request> asked(AnnotatedElement element, Class<?> type) {
        List<Request> asked = new ArrayList<>();
        Found.first(element, Connected.class)
                .ifPresent(found -> asked.add(
                        request(element, type, found, found.annotation().value(), "tcp", Clients.TYPES)));
        Found.first(element, Endpoint.class)
                .ifPresent(found -> asked.add(request(
                        element,
                        type,
                        found,
                        found.annotation().value(),
                        found.annotation().scheme(),
                        SERVERS_AND_ADDRESSES)));
        Found.first(element, Port.class)
                .ifPresent(found -> asked.add(
                        request(element, type, found, found.annotation().value(), "tcp", NUMBERS)));
        Found.first(element, LeasedPort.class)
                .ifPresent(found -> asked.add(special(
                        Kind.LEASED_PORT,
                        element,
                        type,
                        found,
                        found.annotation().transport(),
                        "tcp",
                        LEASES)));
        Found.first(element, RefusedEndpoint.class)
                .ifPresent(found -> asked.add(special(
                        Kind.REFUSED,
                        element,
                        type,
                        found,
                        found.annotation().transport(),
                        found.annotation().scheme(),
                        ADDRESSES_AND_NUMBERS)));
        Found.first(element, UnresponsiveEndpoint.class)
                .ifPresent(found -> asked.add(special(
                        Kind.UNRESPONSIVE,
                        element,
                        type,
                        found,
                        found.annotation().transport(),
                        found.annotation().scheme(),
                        ADDRESSES_AND_NUMBERS)));
        Found.first(element, OccupiedEndpoint.class)
                .ifPresent(found -> asked.add(special(
                        Kind.OCCUPIED,
                        element,
                        type,
                        found,
                        found.annotation().transport(),
                        found.annotation().scheme(),
                        ADDRESSES_AND_NUMBERS)));
        if (asked.size() > 1) {
            throw new ExtensionConfigurationException(Words.describe(element) + ": found "
                    + asked.get(0).asking() + " and " + asked.get(1).asking() + " (expected: one of them)");
        }
        if (!asked.isEmpty()) {
            return Optional.of(asked.get(0));
        }
        return declaring(element, type);
    }

    /** A declaration asks for what it declares, if nothing else there asks. */
    private static Optional<Request> declaring(AnnotatedElement element, Class<?> type) {
        Optional<Found<WithSocketPair>> pair = Found.first(element, WithSocketPair.class);
        if (pair.isPresent()) {
            return Optional.of(request(element, type, pair.get(), "", "tcp", PAIRS));
        }
        return Found.first(element, WithSocketServer.class)
                .map(found -> request(element, type, found, "", "tcp", ANYTHING));
    }

    private static Request request(
            AnnotatedElement element,
            Class<?> type,
            Found<? extends Annotation> found,
            String server,
            String scheme,
            List<Class<?>> expected) {
        Kind kind = kindOf(type, expected).orElseThrow(() -> unsupported(element, type, found, expected));
        return new Request(element, type, kind, server, scheme, List.of(), found.written());
    }

    private static Request special(
            Kind kind,
            AnnotatedElement element,
            Class<?> type,
            Found<? extends Annotation> found,
            Transport[] transport,
            String scheme,
            List<Class<?>> expected) {
        if (!expected.contains(type)) {
            throw unsupported(element, type, found, expected);
        }
        return new Request(element, type, kind, "", scheme, List.of(transport), found.written());
    }

    private static Optional<Kind> kindOf(Class<?> type, List<Class<?>> allowed) {
        if (!allowed.contains(type)) {
            return Optional.empty();
        }
        if (SERVERS.contains(type)) {
            return Optional.of(Kind.SERVER);
        }
        if (Clients.TYPES.contains(type)) {
            return Optional.of(Kind.CLIENT);
        }
        if (PAIRS.contains(type)) {
            return Optional.of(Kind.PAIR);
        }
        return Optional.of(ADDRESSES.contains(type) ? Kind.ADDRESS : Kind.PORT);
    }

    private static ExtensionConfigurationException unsupported(
            AnnotatedElement element, Class<?> type, Found<?> found, List<Class<?>> expected) {
        return new ExtensionConfigurationException(found.written() + " on " + Words.describe(element)
                + ": found the type " + Words.simpleName(type)
                + " (expected: one of "
                + Words.simpleNames(expected) + ")");
    }

    /** The server type other than our own that it wants, which decides what is opened. */
    boolean isRawServer() {
        return RawServers.TYPES.contains(type);
    }

    @Override
    public String toString() {
        return asking + " on " + Words.describe(element);
    }
}
