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
import org.junitsockets.SocketServer;

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

    private record Key(List<Class<?>> classes, @Nullable Method testMethod, boolean perClass) {}

    private final List<Bound> bound = new ArrayList<>();
    private final List<Executable> lifecycle = new ArrayList<>();
    private final Map<Seen, Declared> found = new ConcurrentHashMap<>();
    private final Optional<Declared> unused;
    private boolean mistaken;

    /** An element, and the class of the run that it is looked at from. */
    private record Seen(AnnotatedElement element, List<Class<?>> classes) {}

    private Plan(Key key) {
        // What lives for the class is there before any test method is known.
        @Nullable Method ofInstance = key.perClass() ? null : key.testMethod();
        List<Class<?>> classes = key.classes();
        for (int i = 0; i < classes.size(); i++) {
            List<Class<?>> seen = classes.subList(i, classes.size());
            for (Class<?> type : Hierarchy.of(classes.get(i))) {
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

    /** As what the server is to be opened: a JDK type if anybody wants one, else our own. */
    Class<?> serverType(Declared declared) {
        List<Request> raw = bound.stream()
                .filter(one -> one.declared().equals(declared) && one.request().isRawServer())
                .map(Bound::request)
                .toList();
        return raw.isEmpty() ? SocketServer.class : raw.get(0).type();
    }

    /** A server that nobody can reach is a mistake. */
    void requireUse() {
        unused.ifPresent(declared -> {
            throw new ExtensionConfigurationException(declared.text()
                    + ": nothing uses it (expected: a parameter that asks for it, such as "
                    + (declared.isPair() ? "SocketPair pair" : "SocketServer server") + ")");
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
            request.get()
                    .filter(one -> one.kind().isOfServer())
                    .ifPresent(one -> bound.add(new Bound(one, levels.get().find(one))));
        } catch (ExtensionConfigurationException e) {
            mistaken = true; // whoever resolves this very parameter or field says how
        }
    }

    private static boolean isLifecycle(Method method) {
        return LIFECYCLE.stream().anyMatch(annotation -> AnnotationSupport.isAnnotated(method, annotation));
    }
}
