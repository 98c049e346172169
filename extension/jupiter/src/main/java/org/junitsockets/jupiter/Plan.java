package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.Transport;

/**
 * Who asks for what in a test method and all around it: fields, constructors, lifecycle methods.
 *
 * <p>It is looked at as a whole because a server has to be opened as what the test wants it to be,
 * which a client's parameter in front of it does not say.
 */
final class Plan {

    private static final Set<Class<? extends Annotation>> LIFECYCLE =
            Set.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class);

    /** A request and what it means. */
    private record Bound(Request request, Declared declared) {}

    /** Something of the test's own that goes over a transport: what it is, what it states, and for which type. */
    private record Carried(String text, List<Transport> stated, Class<?> type, boolean tls) {}

    private record Key(List<Class<?>> classes, @Nullable Method testMethod, boolean perClass) {}

    private final List<Bound> bound = new ArrayList<>();
    private final List<Request> withoutServer = new ArrayList<>();
    private final List<Executable> lifecycle = new ArrayList<>();
    private final Map<Seen, Declared> found = new ConcurrentHashMap<>();
    private final Optional<Declared> unused;
    private final boolean perClass;
    private boolean mistaken;

    /** An element, and the class of the run that it is looked at from. */
    private record Seen(AnnotatedElement element, List<Class<?>> classes) {}

    private Plan(Key key) {
        perClass = key.perClass();
        // What lives for the class is there before any test method is known.
        @Nullable Method ofInstance = key.perClass() ? null : key.testMethod();
        List<Class<?>> classes = key.classes();
        for (int i = 0; i < classes.size(); i++) {
            List<Class<?>> seen = classes.subList(i, classes.size());
            for (Class<?> type : Hierarchy.of(classes.get(i))) {
                Declared.on(type); // may be a mistake that nobody asks for
                for (Field field : Hierarchy.fields(type)) {
                    boolean ofClass = Modifier.isStatic(field.getModifiers());
                    bind(() -> Request.of(field), () -> Levels.of(seen, ofClass ? null : ofInstance));
                }
            }
            for (Constructor<?> constructor : classes.get(i).getDeclaredConstructors()) {
                bindParameters(constructor, seen, ofInstance);
            }
            for (Method method :
                    ReflectionSupport.findMethods(classes.get(i), Plan::isLifecycle, HierarchyTraversalMode.TOP_DOWN)) {
                lifecycle.add(method);
                bindParameters(method, seen, key.testMethod());
            }
        }
        if (key.testMethod() != null) {
            bindParameters(key.testMethod(), classes, key.testMethod());
        }
        unused = key.testMethod() == null || mistaken // it may be used by what is wrong
                ? Optional.empty()
                : unused(key.testMethod());
    }

    /** What the request means; looked for once. */
    Declared find(Request request, List<Class<?>> classes, Supplier<Levels> levels) {
        Seen seen = new Seen(request.element(), classes);
        @Nullable Declared known = found.get(seen);
        if (known == null) {
            known = levels.get().find(request);
            found.put(seen, known);
        }
        return known;
    }

    static Plan of(ExtensionContext context) {
        Key key = new Key(
                List.copyOf(Hierarchy.around(context, context.getRequiredTestClass())),
                context.getTestMethod().orElse(null),
                context.getTestInstanceLifecycle().equals(Optional.of(TestInstance.Lifecycle.PER_CLASS)));
        return StoredScope.store(context.getRoot()).getOrComputeIfAbsent(key, Plan::new, Plan.class);
    }

    /** Who wants the server to be one of the JDK's, if anybody does; else it is our own. */
    Optional<Request> rawServer(Declared declared) {
        return bound.stream()
                .filter(one -> one.declared().equals(declared) && one.request().isRawServer())
                .map(Bound::request)
                .findFirst();
    }

    // -- over which transport ----------------------------------------------------------------------

    /** What is the test's own leaves the choice to its template: else each invocation would be the same. */
    void requireNoTransportBeside(String template) {
        ofTheTest().filter(one -> !one.stated().isEmpty()).findFirst().ifPresent(one -> {
            throw new ExtensionConfigurationException(one.text() + ": found transport = "
                    + one.stated().stream().map(Transport::name).collect(Collectors.joining(", ")) + " beside "
                    + template + " (expected: no transport there; the template chooses)");
        });
    }

    /** There has to be one that has all the types that are asked for. */
    void requireATransport(String template) {
        List<Carried> all = ofTheTest().toList();
        boolean none = Stream.of(Transport.values())
                .noneMatch(
                        transport -> all.stream().allMatch(one -> Carries.carries(one.type(), transport, one.tls())));
        if (none) {
            throw new ExtensionConfigurationException(template + ": found no transport over which there are "
                    + all.stream()
                            .map(one -> Words.simpleName(one.type()) + (one.tls() ? " with TLS" : ""))
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + " (expected: types that one transport has)");
        }
    }

    private Stream<Carried> ofTheTest() {
        return Stream.concat(
                bound.stream()
                        .filter(one -> !livesForTheClass(one.declared().element()))
                        .map(one -> new Carried(
                                one.declared().text(),
                                one.declared().attributes().transport(),
                                one.request().type(),
                                one.declared().tls() != null)),
                withoutServer.stream()
                        .filter(one -> one.kind() != Request.Kind.CLIENTS
                                && one.kind() != Request.Kind.TLS
                                && !livesForTheClass(one.element()))
                        .map(one -> new Carried(one.toString(), one.transport(), one.type(), false)));
    }

    private boolean livesForTheClass(AnnotatedElement element) {
        if (element instanceof Field field) {
            return perClass || Modifier.isStatic(field.getModifiers());
        }
        @Nullable
        AnnotatedElement executable =
                element instanceof Parameter parameter ? parameter.getDeclaringExecutable() : element;
        return executable instanceof Constructor
                ? perClass
                : executable instanceof Method
                        && (AnnotationSupport.isAnnotated(executable, BeforeAll.class)
                                || AnnotationSupport.isAnnotated(executable, AfterAll.class));
    }

    // -- mistakes ----------------------------------------------------------------------------------

    /** A server that nobody can reach is a mistake. */
    void requireUse() {
        unused.ifPresent(declared -> {
            throw new ExtensionConfigurationException(declared.text()
                    + ": nothing uses it (expected: a parameter that asks for it, such as "
                    + (declared.isPair()
                            ? "SocketPair pair"
                            : declared.supplied() == null ? "SocketServer server" : "@Connected Socket client")
                    + ")");
        });
    }

    private Optional<Declared> unused(Method testMethod) {
        return Stream.concat(Stream.of(testMethod), lifecycle.stream())
                .flatMap(method -> Declared.on(method).stream())
                .filter(declared ->
                        bound.stream().noneMatch(one -> one.declared().equals(declared)))
                .findFirst();
    }

    private void bindParameters(Executable executable, List<Class<?>> classes, @Nullable Method testMethod) {
        for (Parameter parameter : executable.getParameters()) {
            bind(() -> Request.of(parameter), () -> Levels.of(executable, classes, testMethod));
        }
    }

    private void bind(Supplier<Optional<Request>> request, Supplier<Levels> levels) {
        try {
            request.get().ifPresent(one -> {
                if (one.kind().isOfServer()) {
                    bound.add(new Bound(one, levels.get().find(one)));
                } else {
                    withoutServer.add(one);
                }
            });
        } catch (ExtensionConfigurationException e) {
            mistaken = true; // whoever resolves this very parameter or field says how
        }
    }

    private static boolean isLifecycle(Method method) {
        return LIFECYCLE.stream().anyMatch(annotation -> AnnotationSupport.isAnnotated(method, annotation));
    }
}
