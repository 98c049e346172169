package org.junitsockets.jupiter;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Capability;
import org.junitsockets.Location;
import org.junitsockets.PortLease;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.deadend.DeadEnds;
import org.junitsockets.deadend.HeldPort;
import org.junitsockets.jupiter.StoredScope.Opened;
import org.junitsockets.jupiter.spi.OpenedEndpoint;
import org.junitsockets.location.Where;
import org.junitsockets.port.Loopback;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.RawServers;
import org.junitsockets.raw.RawServers.RawServer;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.IncapableTransportException;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Durations;
import org.junitsockets.verdict.Pair;
import org.junitsockets.verdict.ScopedClients;

/** Gives a request what it asks for, in the scope of a context. */
final class Injection {

    private final ExtensionContext context;
    private final StoredScope stored;
    private final @Nullable Object instance;

    Injection(ExtensionContext context) {
        this(context, null);
    }

    /** For an instance that the context does not know yet. */
    Injection(ExtensionContext context, @Nullable Object instance) {
        this.context = context;
        this.stored = StoredScope.of(context);
        this.instance = instance;
    }

    /**
     * Gives it.
     *
     * @param classes from which the element is seen
     * @param levels what can be seen from there
     */
    Object give(Request request, List<Class<?>> classes, Supplier<Levels> levels) {
        Object given = switch (request.kind()) {
            case CLIENTS -> clients(request, levels.get());
            case TLS -> tls(request);
            case LEASED_PORT -> lease(request);
            case REFUSED, UNRESPONSIVE, OCCUPIED -> where(request, deadEnd(request));
            default -> ofServer(request, Plan.of(context).find(request, classes, levels));
        };
        stored.watch(given);
        return given;
    }

    private Object ofServer(Request request, Declared declared) {
        Asked.requireAddress(request);
        Opened opened = opened(request, declared);
        if (opened.server() instanceof OpenedEndpoint endpoint) {
            return ofOther(request, declared, opened, endpoint);
        }
        requireCarried(request, opened.spec());
        return switch (request.kind()) {
            case OBJECT ->
                throw new ExtensionConfigurationException(
                        request + ": " + Request.unexpected(request.type(), Request.OF_AN_ENDPOINT));
            case SERVER -> server(request, opened);
            case CLIENT ->
                stored.scope()
                        .connect(request.type(), opened.address(), opened.spec())
                        .socket();
            case PAIR -> pair(request, opened);
            case TRUST -> trust(request, requireNonNull(opened.spec().tls()));
            default -> where(request, reachable(request, opened));
        };
    }

    /** The address by which it is reached from where the request says. */
    private SocketAddress reachable(Request request, Opened opened) {
        Location from = Asked.from(request);
        Where there = opened.spec().choice().where();
        if (from == Location.IN_PROCESS || from == there.location()) {
            return opened.address();
        }
        Where where = stored.scope().settings().locations().where(from, request + ": from");
        Transport transport = opened.spec().transport();
        where.require(transport);
        try {
            return stored.scope()
                    .add(where.elsewhere().relay(transport, opened.address()))
                    .addressThere();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request + ": opening a way from the location " + from + " to "
                            + opened.spec().label() + ": " + e.getMessage(),
                    e);
        }
    }

    /** What somebody else has opened has clients, addresses, and objects of its own. */
    private Object ofOther(Request request, Declared declared, Opened opened, OpenedEndpoint endpoint) {
        Supplied<?> supplied = requireNonNull(declared.supplied());
        String port = supplied.port(declared.name(), request.server());
        SocketAddress address = port.isEmpty() ? opened.address() : endpoint.address(port);
        ServerSpec spec = port.isEmpty()
                ? opened.spec()
                : declared.toSpecOfOther(
                        stored.scope().settings(),
                        Choice.stated(requireNonNull(supplied.ports().get(port))),
                        null);
        if (request.kind() == Request.Kind.OBJECT) {
            return object(request, supplied, endpoint);
        }
        boolean isClient = Clients.TYPES.contains(request.type()); // there is nothing else that it could be
        if (request.kind() == Request.Kind.PAIR || (request.kind() == Request.Kind.SERVER && !isClient)) {
            throw new ExtensionConfigurationException(
                    request + ": found a " + Words.simpleName(request.type()) + " asked for of " + declared.text()
                            + ", which is not served by this test (expected: one of "
                            + Words.simpleNames(Request.typesOf(supplied)) + ")");
        }
        requireCarried(request, spec);
        return switch (request.kind()) {
            case TRUST -> trust(request, requireNonNull(spec.tls()));
            case ADDRESS, PORT -> where(request, address);
            default -> stored.scope().connect(request.type(), address, spec).socket();
        };
    }

    private static Object object(Request request, Supplied<?> supplied, OpenedEndpoint endpoint) {
        if (!supplied.supplies(request.type())) {
            throw new ExtensionConfigurationException(
                    request + ": " + Request.unexpected(request.type(), Request.typesOf(supplied)));
        }
        Object object = endpoint.object(request.type());
        if (!request.type().isInstance(object)) {
            throw new ExtensionConfigurationException(request + ": found the type " + Words.simpleName(request.type())
                    + " asked for, of " + supplied.text() + " (expected: " + Words.simpleName(object.getClass())
                    + " or a supertype)");
        }
        return object;
    }

    private static Object server(Request request, Opened opened) {
        if (!request.type().isInstance(opened.server())) {
            throw new ExtensionConfigurationException(request + ": found a " + Words.simpleName(request.type())
                    + " asked for of " + opened.spec().label() + ", which is open as another type of server already ("
                    + kind(opened) + ") (expected: one type of server for one declaration)");
        }
        return opened.server();
    }

    private Object pair(Request request, Opened opened) {
        if (!(opened.server() instanceof Server server) || opened.spec().handler() != null) {
            throw new ExtensionConfigurationException(request + ": found "
                    + (opened.spec().handler() == null ? "a " + kind(opened) : "a handler") + " on the other end, "
                    + opened.spec().label() + " (expected: a server that nobody else accepts on)");
        }
        return Pair.open(stored.scope(), server);
    }

    private static String kind(Opened opened) {
        return RawServers.TYPES.stream()
                .filter(type -> type.isInstance(opened.server()))
                .findFirst()
                .map(Words::simpleName)
                .orElse("SocketServer");
    }

    /** The server where it is open already, in this scope or one around it; else opened in this one. */
    private Opened opened(Request request, Declared declared) {
        for (StoredScope scope : stored.withThoseAround()) {
            Optional<Opened> present = scope.find(declared);
            if (present.isPresent()) {
                return present.get();
            }
        }
        requireLifetime(request, declared);
        return stored.open(declared, () -> open(declared));
    }

    /** Something that somebody else opens; it is closed after its clients. */
    private Opened openOther(Declared declared, Supplied<?> supplied) {
        Choice choice = supplied.choice(
                TransportInvocation.chosen(context, stored.scope().settings()), declared.tls() != null);
        if (declared.tls() != null && !choice.transport().has(Capability.STREAM)) {
            throw declared.toSpecOfOther(stored.scope().settings(), choice, null)
                    .unsupported(declared.tls().written(), Capability.STREAM);
        }
        OpenedEndpoint endpoint = supplied.open(new SuppliedRequest<>(
                declared,
                supplied.annotation(),
                choice.transport(),
                context,
                instance,
                stored.scope().settings()));
        stored.scope().add(new SuppliedWitness(endpoint, declared.text()));
        return new Opened(
                declared.toSpecOfOther(
                        stored.scope().settings(), choice, endpoint.tls().orElse(null)),
                endpoint.address(),
                endpoint);
    }

    private Opened open(Declared declared) {
        if (declared.supplied() != null) {
            return openOther(declared, declared.supplied());
        }
        ServerSpec spec = declared.toSpec(stored.scope().settings(), byDefault());
        Optional<Request> raw = Plan.of(context).rawServer(declared);
        if (raw.isEmpty()) {
            Server server = stored.scope().open(spec);
            return new Opened(spec, server.socketAddress(), server);
        }
        Class<?> type = raw.get().type();
        requireCarried(raw.get(), spec);
        if (spec.handler() != null) {
            throw new ExtensionConfigurationException(declared.text() + ": found a handler and a "
                    + Words.simpleName(type) + ", on which only the test can accept"
                    + " (expected: a SocketServer, or no handler)");
        }
        RawServer server = stored.scope().openRaw(type, spec);
        return new Opened(spec, server.address(), server.socket());
    }

    /** What is declared for each test cannot be had where there is no test. */
    private void requireLifetime(Request request, Declared declared) {
        if (context.getTestMethod().isPresent()) {
            return;
        }
        boolean perTest = (declared.element() instanceof Class || isInstanceField(declared.element()))
                && (declared.supplied() == null || !declared.supplied().isShared());
        boolean outlivesTests = isInstanceField(request.element())
                || (request.element() instanceof Parameter parameter
                        && parameter.getDeclaringExecutable() instanceof Constructor);
        if (perTest && !outlivesTests) {
            throw new ExtensionConfigurationException(request + ": found " + declared.text()
                    + ", of which each test gets its own (expected: "
                    + (declared.supplied() == null
                            ? "a server of the whole class, as in @WithSocketServer static SocketServer "
                                    + (declared.name().isEmpty() ? "server" : declared.name()) + ";)"
                            : "one of the whole class, as on a static field)"));
        }
    }

    private static boolean isInstanceField(AnnotatedElement element) {
        return element instanceof Field field && !Modifier.isStatic(field.getModifiers());
    }

    /** What a client needs that trusts the server. */
    private static Object trust(Request request, Tls tls) {
        if (request.type() == SSLContext.class) {
            return tls.clientContext();
        }
        if (request.type() == X509Certificate.class) {
            return tls.certificate();
        }
        return request.type() == Path.class ? tls.authorityPem() : tls;
    }

    // -- what needs no server ----------------------------------------------------------------------

    private Object clients(Request request, Levels levels) {
        Settings settings = stored.scope().settings();
        Duration deadline = levels.findClients(request)
                .filter(found -> !found.annotation().deadline().isEmpty())
                .map(found -> settings.scaled(Durations.parse(
                        found.written() + ": deadline", found.annotation().deadline())))
                .orElseGet(settings::deadline);
        return ScopedClients.open(stored.scope(), deadline);
    }

    /** As {@code @WithTls} says, if that stands there, and for where servers are by default. */
    private Tls tls(Request request) {
        List<String> hosts =
                stored.scope().settings().locations().whereByDefault().hosts(Transport.TCP);
        return Declared.create(Declared.tls(request.element()), hosts, request.element());
    }

    private Object lease(Request request) {
        HeldPort lease = stored.scope().add(HeldPort.open(transport(request)));
        return request.type() == PortLease.class ? lease : lease.release();
    }

    private SocketAddress deadEnd(Request request) {
        Transport transport = transport(request);
        if (request.kind() == Request.Kind.REFUSED) {
            return stored.scope().add(DeadEnds.refused(transport)).socketAddress();
        }
        return stored.scope()
                .add(
                        request.kind() == Request.Kind.OCCUPIED
                                ? DeadEnds.occupied(transport)
                                : DeadEnds.unresponsive(transport))
                .socketAddress();
    }

    private Transport transport(Request request) {
        Choice choice = Declared.choice(request.transport(), byDefault(), request.toString());
        requireCarried(request, choice, false, "");
        return choice.transport();
    }

    private Choice byDefault() {
        return TransportInvocation.choice(context, stored.scope().settings());
    }

    // -- what there is over which transport --------------------------------------------------------

    private static void requireCarried(Request request, ServerSpec server) {
        requireCarried(request, server.choice(), server.tls() != null, " of " + server.label());
    }

    private static void requireCarried(Request request, Choice choice, boolean tls, String server) {
        Optional<String> refusal = Carries.refusal(request.type(), choice.transport(), tls);
        if (refusal.isPresent()) {
            String message = request + server + ": " + refusal.get();
            throw choice.stated()
                    ? new ExtensionConfigurationException(message)
                    : new IncapableTransportException(choice.transport(), message);
        }
    }

    // -- addresses ---------------------------------------------------------------------------------

    private static Object where(Request request, SocketAddress address) {
        if (request.type() == URI.class) {
            try {
                return Loopback.uri(request.scheme(), (InetSocketAddress) address);
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException(
                        request + ": scheme = \"" + request.scheme() + "\" (expected: one such as http)", e);
            }
        }
        return request.type() == int.class || request.type() == Integer.class
                ? ((InetSocketAddress) address).getPort()
                : address;
    }
}
