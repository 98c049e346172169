package org.junitsockets.jupiter;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsockets.PortLease;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
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
        TRUST,
        OBJECT,
        TLS,
        CLIENTS,
        LEASED_PORT,
        REFUSED,
        UNRESPONSIVE,
        OCCUPIED;

        /** Whether it is about a server that is declared somewhere. */
        boolean isOfServer() {
            return this != TLS
                    && this != CLIENTS
                    && this != LEASED_PORT
                    && this != REFUSED
                    && this != UNRESPONSIVE
                    && this != OCCUPIED;
        }
    }

    private static final String TCP_URI = "tcp";

    private static final List<Class<?>> SERVERS = union(List.of(SocketServer.class), RawServers.TYPES);
    private static final List<Class<?>> PAIRS = List.of(SocketPair.class);
    static final List<Class<?>> CLIENTS = List.of(SocketClients.class);
    private static final List<Class<?>> ADDRESSES =
            List.of(InetSocketAddress.class, UnixDomainSocketAddress.class, SocketAddress.class, URI.class);

    /** What a client of a server with TLS needs. */
    private static final List<Class<?>> TRUST = List.of(Tls.class, SSLContext.class, X509Certificate.class, Path.class);

    private static final List<Class<?>> TLS = List.of(Tls.class);

    private static final List<Class<?>> NUMBERS = List.of(int.class, Integer.class);
    static final List<Class<?>> LEASES = List.of(int.class, Integer.class, PortLease.class);
    static final List<Class<?>> OF_AN_ENDPOINT = union(union(SERVERS, ADDRESSES), TRUST);
    private static final List<Class<?>> ADDRESSES_AND_NUMBERS = union(ADDRESSES, NUMBERS);

    private static final List<Class<?>> SOCKETS = union(union(SERVERS, Clients.TYPES), PAIRS);

    /** What nobody else resolves, so that it needs no annotation. */
    static final List<Class<?>> BARE = union(union(SOCKETS, CLIENTS), TLS);

    static final List<Class<?>> ANYTHING = union(SOCKETS, ADDRESSES_AND_NUMBERS);

    private static final List<Class<?>> OF_AN_OTHER = union(union(Clients.TYPES, ADDRESSES_AND_NUMBERS), TRUST);

    /**
     * An annotation by which something is asked for.
     *
     * @param kind of the request; where it is null, the type of the element says
     */
    private record Asking<A extends Annotation>(
            Class<A> annotation,
            @Nullable Kind kind,
            List<Class<?>> expected,
            Function<A, String> server,
            Function<A, String> scheme,
            Function<A, Transport[]> transport) {

        static <A extends Annotation> Asking<A> ofServer(
                Class<A> annotation, List<Class<?>> expected, Function<A, String> server, Function<A, String> scheme) {
            return new Asking<>(annotation, null, expected, server, scheme, any -> new Transport[0]);
        }

        /** Some types are a server's and a client's. */
        static Asking<Connected> ofClient() {
            return new Asking<>(
                    Connected.class,
                    Kind.CLIENT,
                    Clients.TYPES,
                    Connected::value,
                    any -> TCP_URI,
                    any -> new Transport[0]);
        }

        static <A extends Annotation> Asking<A> ofAddress(
                Class<A> annotation, Kind kind, Function<A, String> scheme, Function<A, Transport[]> transport) {
            return new Asking<>(annotation, kind, ADDRESSES_AND_NUMBERS, any -> "", scheme, transport);
        }

        /** What only the supplier of a declaration can tell, where it is asked for by {@code @Endpoint}. */
        private Optional<Kind> objectOfOther(Class<?> type) {
            return annotation == Endpoint.class && !type.isPrimitive() && !ANYTHING.contains(type)
                    ? Optional.of(Kind.OBJECT)
                    : Optional.empty();
        }

        Optional<Request> on(AnnotatedElement element, Class<?> type) {
            return Found.first(element, annotation).map(found -> {
                Kind typeKind = kindOf(type, expected)
                        .or(() -> objectOfOther(type))
                        .orElseThrow(() -> new ExtensionConfigurationException(found.written() + " on "
                                + Words.describe(element) + ": " + unexpected(type, expected)));
                return new Request(
                        element,
                        type,
                        kind == null ? typeKind : kind,
                        server.apply(found.annotation()),
                        scheme.apply(found.annotation()),
                        List.of(transport.apply(found.annotation())),
                        found.written());
            });
        }
    }

    private static final List<Asking<?>> ASKING = List.of(
            Asking.ofClient(),
            Asking.ofServer(Endpoint.class, OF_AN_ENDPOINT, Endpoint::value, Endpoint::scheme),
            Asking.ofServer(Port.class, NUMBERS, Port::value, any -> TCP_URI),
            new Asking<>(
                    WithSocketClients.class, Kind.CLIENTS, CLIENTS, any -> "", any -> TCP_URI, any -> new Transport[0]),
            new Asking<>(LeasedPort.class, Kind.LEASED_PORT, LEASES, any -> "", any -> TCP_URI, LeasedPort::transport),
            Asking.ofAddress(RefusedEndpoint.class, Kind.REFUSED, RefusedEndpoint::scheme, RefusedEndpoint::transport),
            Asking.ofAddress(
                    UnresponsiveEndpoint.class,
                    Kind.UNRESPONSIVE,
                    UnresponsiveEndpoint::scheme,
                    UnresponsiveEndpoint::transport),
            Asking.ofAddress(
                    OccupiedEndpoint.class, Kind.OCCUPIED, OccupiedEndpoint::scheme, OccupiedEndpoint::transport));

    private static final Asking<?> PAIR_DECLARATION =
            Asking.ofServer(WithSocketPair.class, PAIRS, any -> "", any -> TCP_URI);
    private static final Asking<?> SERVER_DECLARATION =
            Asking.ofServer(WithSocketServer.class, ANYTHING, any -> "", any -> TCP_URI);

    private static final Asking<?> TLS_DECLARATION = Asking.ofServer(WithTls.class, TLS, any -> "", any -> TCP_URI);

    /** May stand beside a type that is to be resolved bare: they say nothing about where it comes from. */
    private static final Set<String> NULLNESS = Set.of("NonNull", "Nonnull", "NotNull", "Nullable");

    private static List<Class<?>> union(List<Class<?>> some, List<Class<?>> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList(); // some are a server's and a client's
    }

    private static final Memo<Parameter, Optional<Request>> OF_PARAMETERS = new Memo<>(Request::read);
    private static final Memo<Field, Optional<Request>> OF_FIELDS = new Memo<>(field -> asked(field, field.getType()));

    static Optional<Request> of(Parameter parameter) {
        return OF_PARAMETERS.get(parameter);
    }

    static Optional<Request> of(Field field) {
        return OF_FIELDS.get(field);
    }

    private static Optional<Request> read(Parameter parameter) {
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
                        TCP_URI,
                        List.of(),
                        "the type " + Words.simpleName(parameter.getType())));
    }

    /** Whether nothing stands there that may be somebody else's. */
    static boolean isBare(Parameter parameter) {
        return Stream.of(parameter.getAnnotations())
                .allMatch(annotation ->
                        NULLNESS.contains(annotation.annotationType().getSimpleName()));
    }

    private static Optional<Request> asked(AnnotatedElement element, Class<?> type) {
        Declared.on(element); // may be a mistake that nobody asks for
        List<Request> asked = ASKING.stream()
                .flatMap(asking -> asking.on(element, type).stream())
                .toList();
        if (asked.size() > 1) {
            throw new ExtensionConfigurationException(Words.describe(element) + ": found "
                    + asked.get(0).asking() + " and " + asked.get(1).asking() + " (expected: one of them)");
        }
        if (asked.size() == 1 && asked.get(0).kind() == Kind.CLIENTS) {
            Declared.on(element).stream().findFirst().ifPresent(declared -> {
                throw new ExtensionConfigurationException(Words.describe(element) + ": found "
                        + asked.get(0).asking() + " and " + declared.text() + " (expected: one of them)");
            });
        }
        // A declaration asks for what it declares, if nothing else there asks.
        return asked.stream()
                .findFirst()
                .or(() -> PAIR_DECLARATION.on(element, type))
                .or(() -> SERVER_DECLARATION.on(element, type))
                .or(() -> declaredByOther(element, type))
                .or(() -> type == Tls.class ? TLS_DECLARATION.on(element, type) : Optional.empty());
    }

    /** A declaration of somebody else's asks for a client, an address, a port, or what only it has. */
    private static Optional<Request> declaredByOther(AnnotatedElement element, Class<?> type) {
        return Declared.on(element).stream()
                .filter(declared -> declared.supplied() != null)
                .findFirst()
                .map(declared -> {
                    Supplied<?> supplied = requireNonNull(declared.supplied());
                    Kind kind = (Clients.TYPES.contains(type) ? Optional.of(Kind.CLIENT) : kindOf(type, OF_AN_OTHER))
                            .or(() -> supplied.supplies(type) ? Optional.of(Kind.OBJECT) : Optional.empty())
                            .orElseThrow(() -> new ExtensionConfigurationException(
                                    declared.text() + ": " + unexpected(type, typesOf(supplied))));
                    return new Request(element, type, kind, "", TCP_URI, List.of(), declared.text());
                });
    }

    /** What can be asked of something that is no server of ours. */
    static List<Class<?>> typesOf(Supplied<?> supplied) {
        return union(OF_AN_OTHER, supplied.factory().types());
    }

    static String unexpected(Class<?> type, List<Class<?>> expected) {
        return "found the type " + Words.simpleName(type) + " (expected: one of " + Words.simpleNames(expected) + ")";
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
        if (CLIENTS.contains(type)) {
            return Optional.of(Kind.CLIENTS);
        }
        if (TRUST.contains(type)) {
            return Optional.of(allowed.contains(SSLContext.class) ? Kind.TRUST : Kind.TLS);
        }
        return Optional.of(ADDRESSES.contains(type) ? Kind.ADDRESS : Kind.PORT);
    }

    /** Whether it wants a server of a type other than our own, which decides what is opened. */
    boolean isRawServer() {
        return kind == Kind.SERVER && RawServers.TYPES.contains(type);
    }

    @Override
    public String toString() {
        return asking + " on " + Words.describe(element);
    }
}
