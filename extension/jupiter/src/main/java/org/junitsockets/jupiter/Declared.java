package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.spi.EndpointFactory;
import org.junitsockets.location.Where;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.TlsOptions;
import org.junitsockets.time.Durations;
import org.junitsockets.tls.TlsProviders;

/**
 * A server that is declared somewhere; a pair is one with both ends of its only connection.
 *
 * @param element what the annotation stands on
 * @param place which one of several there
 * @param name given or derived; empty where there is none
 * @param text the declaration in words
 * @param supplied where it is no server of ours, what it is
 * @param tls what is to be on top of its transport, if anything
 * @param seenFrom the class of the run whose instance or invocation it belongs to, if it belongs to one: a
 *     nested class and the one around it may inherit the same field
 */
record Declared(
        AnnotatedElement element,
        int place,
        String name,
        String text,
        Attributes attributes,
        @Nullable Supplied<?> supplied,
        @Nullable Found<WithTls> tls,
        @Nullable Class<?> seenFrom) {

    /** What the annotation says, whichever it is. */
    record Attributes(
            boolean pair,
            Class<? extends ConnectionHandler> handler,
            List<Transport> transport,
            List<Location> location,
            int backlog,
            int receiveBuffer,
            int sendBuffer,
            String deadline) {

        static Attributes of(WithSocketServer server) {
            return new Attributes(
                    false,
                    server.handler(),
                    List.of(server.transport()),
                    List.of(server.location()),
                    server.backlog(),
                    server.receiveBuffer(),
                    server.sendBuffer(),
                    server.deadline());
        }

        static Attributes of(WithSocketPair pair) {
            return new Attributes(
                    true,
                    ConnectionHandler.class,
                    List.of(pair.transport()),
                    List.of(pair.location()),
                    ServerSpec.DEFAULT_BACKLOG,
                    0,
                    0,
                    pair.deadline());
        }

        static Attributes of(List<Transport> transport, String deadline) {
            return new Attributes(
                    false,
                    ConnectionHandler.class,
                    transport,
                    List.of(Location.IN_PROCESS),
                    ServerSpec.DEFAULT_BACKLOG,
                    0,
                    0,
                    deadline);
        }
    }

    /**
     * A kind of declaration of this library's own.
     *
     * @param name as given
     * @param attributes what it says
     */
    private record Kind<A extends Annotation>(
            Class<A> annotation, Function<A, String> name, Function<A, Attributes> attributes) {

        void add(AnnotatedElement element, @Nullable Found<WithTls> tls, List<Declared> all) {
            for (Found<A> found : Found.all(element, annotation)) {
                A said = found.annotation();
                all.add(of(
                        element,
                        all.size(),
                        name.apply(said),
                        text(found, element),
                        attributes.apply(said),
                        null,
                        tls));
            }
        }
    }

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(WithSocketServer.class, WithSocketServer::name, Attributes::of),
            new Kind<>(WithSocketPair.class, any -> "", Attributes::of));

    private static final Memo<AnnotatedElement, List<Declared>> ON = new Memo<>(Declared::read);

    /** All that are declared on an element itself. */
    static List<Declared> on(AnnotatedElement element) {
        return ON.get(element);
    }

    private static List<Declared> read(AnnotatedElement element) {
        List<Declared> all = new ArrayList<>();
        @Nullable Found<WithTls> tls = tls(element);
        KINDS.forEach(kind -> kind.add(element, tls, all));
        for (Found<Annotation> found : Found.declarations(element)) {
            all.add(supplied(element, all.size(), found, tls));
        }
        if (all.isEmpty() && tls != null && !isTls(element)) {
            throw new ExtensionConfigurationException(tls.written() + " on " + Words.describe(element)
                    + ": no server is declared there (expected: @WithSocketServer beside it, or a parameter or field of"
                    + " type Tls)");
        }
        return List.copyOf(all);
    }

    /** Where it describes an identity that no server is given. */
    private static boolean isTls(AnnotatedElement element) {
        return (element instanceof Parameter parameter && parameter.getType() == Tls.class)
                || (element instanceof Field field && field.getType() == Tls.class);
    }

    static @Nullable Found<WithTls> tls(AnnotatedElement element) {
        List<Found<WithTls>> all = Found.all(element, WithTls.class);
        if (all.size() > 1) {
            throw new ExtensionConfigurationException(Words.describe(element) + ": found "
                    + all.get(0).written() + " and " + all.get(1).written() + " (expected: one of them)");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** Where it stands says which it is; the rest follows from that. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Declared declared
                && place == declared.place
                && element.equals(declared.element)
                && Objects.equals(seenFrom, declared.seenFrom);
    }

    @Override
    public int hashCode() {
        return 31 * element.hashCode() + place;
    }

    private static Declared supplied(
            AnnotatedElement element, int place, Found<Annotation> found, @Nullable Found<WithTls> tls) {
        return of(element, place, Supplied.of(found.annotation(), text(found, element)), tls);
    }

    private static <A extends Annotation> Declared of(
            AnnotatedElement element, int place, Supplied<A> supplied, @Nullable Found<WithTls> tls) {
        EndpointFactory<A> factory = supplied.factory();
        A said = supplied.annotation();
        return of(
                element,
                place,
                factory.name(said),
                supplied.text(),
                Attributes.of(supplied.stated(), factory.deadline(said)),
                supplied,
                tls);
    }

    private static String text(Found<?> found, AnnotatedElement element) {
        return found.written() + " on " + Words.describe(element);
    }

    private static Declared of(
            AnnotatedElement element,
            int place,
            String name,
            String text,
            Attributes attributes,
            @Nullable Supplied<?> supplied,
            @Nullable Found<WithTls> tls) {
        return new Declared(
                element, place, name.isEmpty() ? defaultName(element) : name, text, attributes, supplied, tls, null);
    }

    /** The same as that of one class of the run, where each has its own: an instance field, a parameter. */
    Declared from(Class<?> testClass) {
        boolean ofEach = element instanceof Parameter
                || (element instanceof Field field && !Modifier.isStatic(field.getModifiers()));
        return ofEach ? new Declared(element, place, name, text, attributes, supplied, tls, testClass) : this;
    }

    private static String defaultName(AnnotatedElement element) {
        if (element instanceof Field field) {
            return field.getName();
        }
        return element instanceof Parameter parameter && parameter.isNamePresent() ? parameter.getName() : "";
    }

    boolean isPair() {
        return attributes.pair();
    }

    /** Whether it, or one of its further ports, is meant by this name. */
    boolean isNamed(String asked) {
        return name.equals(asked) || (supplied != null && supplied.ports().containsKey(supplied.port(name, asked)));
    }

    boolean hasHandler() {
        return attributes.handler() != ConnectionHandler.class;
    }

    /** Checks what was declared, makes the handler, and fills in what was left open. */
    ServerSpec toSpec(Settings settings, Choice byDefault) {
        Choice choice = choice(attributes.transport(), byDefault, text).at(where(settings));
        @Nullable Tls identity = tls == null ? null : create(tls, choice.where().hosts(choice.transport()), element);
        ServerSpec spec = new ServerSpec(
                name,
                choice,
                handler(choice, identity != null),
                attributes.backlog(),
                attributes.receiveBuffer(),
                attributes.sendBuffer(),
                deadline(settings),
                identity,
                new Declaration(text));
        if (tls != null && !spec.transport().has(Capability.STREAM)) {
            throw spec.unsupported(tls.written(), Capability.STREAM);
        }
        return spec;
    }

    /** What clients of something that is open elsewhere are told of it; no server is opened by it. */
    ServerSpec toSpecOfOther(Settings settings, Choice choice, @Nullable Tls identity) {
        return new ServerSpec(
                name,
                choice,
                null,
                ServerSpec.DEFAULT_BACKLOG,
                0,
                0,
                deadline(settings),
                identity,
                new Declaration(text));
    }

    /**
     * Makes the certificates; what the JDK does not know is an error of the annotation.
     *
     * @param names further ones
     */
    static Tls create(@Nullable Found<WithTls> tls, List<String> names, AnnotatedElement element) {
        if (tls == null) {
            return Tls.builder().names(names.toArray(String[]::new)).create();
        }
        try {
            return TlsProviders.create(options(tls.annotation(), names));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(text(tls, element) + ": " + e.getMessage(), e);
        }
    }

    private static TlsOptions options(WithTls tls, List<String> further) {
        return new TlsOptions(
                tls.certificate(),
                Stream.concat(Stream.of(tls.names()), further.stream()).toList(),
                tls.clientAuthentication(),
                List.of(tls.protocols()),
                List.of(tls.cipherSuites()),
                List.of(tls.applicationProtocols()),
                List.of(tls.serverNames()),
                tls.sessionResumption(),
                tls.stall());
    }

    /** The transport that was given, else the one that others chose. */
    static Choice choice(List<Transport> given, Choice byDefault, String text) {
        if (given.size() > 1) {
            throw new ExtensionConfigurationException(text + ": transport = " + given + " (expected: one of them)");
        }
        return given.isEmpty() ? byDefault : Choice.stated(given.get(0));
    }

    private Duration deadline(Settings settings) {
        return attributes.deadline().isEmpty()
                ? settings.deadline()
                : settings.scaled(Durations.parse(text + ": deadline", attributes.deadline()));
    }

    private Where where(Settings settings) {
        List<Location> given = attributes.location();
        if (given.size() > 1) {
            throw new ExtensionConfigurationException(text + ": location = " + given + " (expected: one of them)");
        }
        return given.isEmpty()
                ? settings.locations().whereByDefault()
                : settings.locations().where(given.get(0), text + ": location");
    }

    /** Where the server is somewhere else, the handler runs there if it can; under TLS it is here that has the keys. */
    private @Nullable ConnectionHandler handler(Choice choice, boolean tls) {
        if (!hasHandler()) {
            return null;
        }
        ConnectionHandler here = handlerHere();
        if (tls || choice.where().isHere() || choice.transport().has(Capability.TLS)) {
            return here;
        }
        choice.where().require(choice.transport());
        return choice.where().handler(attributes.handler(), choice.transport()).orElse(here);
    }

    private ConnectionHandler handlerHere() {
        Class<? extends ConnectionHandler> type = attributes.handler();
        try {
            return ReflectionSupport.newInstance(type);
        } catch (Exception | LinkageError e) {
            throw new ExtensionConfigurationException(
                    text + ": handler " + Words.simpleName(type) + " cannot be created: " + e
                            + " (expected: a class, static if it is nested, with a constructor without parameters)",
                    e);
        }
    }
}
