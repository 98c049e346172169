package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

    private record Key(Class<?> testClass, @Nullable Method testMethod) {}

    private final List<Bound> bound = new ArrayList<>();
    private final List<Executable> lifecycle = new ArrayList<>();
    private boolean mistaken;

    private Plan(Class<?> testClass, @Nullable Method testMethod) {
        Hierarchy.enclosing(testClass).forEach(type -> {
            for (Class<?> one : Hierarchy.of(type)) {
                for (Field field : Hierarchy.fields(one)) {
                    bind(() -> Request.of(field).stream(), () -> Levels.of(type));
                }
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                bindParameters(constructor, type, null);
            }
            for (Method method :
                    ReflectionSupport.findMethods(type, Plan::isLifecycle, HierarchyTraversalMode.TOP_DOWN)) {
                lifecycle.add(method);
                bindParameters(method, type, testMethod);
            }
        });
        if (testMethod != null) {
            bindParameters(testMethod, testClass, testMethod);
        }
    }

    static Plan of(ExtensionContext context) {
        Key key =
                new Key(context.getRequiredTestClass(), context.getTestMethod().orElse(null));
        return StoredScope.store(context.getRoot())
                .getOrComputeIfAbsent(key, made -> new Plan(made.testClass(), made.testMethod()), Plan.class);
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
    void requireUse(Method testMethod) {
        if (mistaken) {
            return; // it may be used by what is wrong
        }
        Stream.concat(Stream.of(testMethod), lifecycle.stream())
                .flatMap(method -> Declared.on(method).stream())
                .filter(declared ->
                        bound.stream().noneMatch(one -> one.declared().equals(declared)))
                .findFirst()
                .ifPresent(unused -> {
                    throw new ExtensionConfigurationException(unused.text()
                            + ": nothing uses it (expected: a parameter that asks for it, such as "
                            + (unused.isPair() ? "SocketPair pair" : "SocketServer server") + ")");
                });
    }

    private void bindParameters(Executable executable, Class<?> testClass, @Nullable Method testMethod) {
        Stream.of(executable.getParameters())
                .forEach(parameter ->
                        bind(() -> Request.of(parameter).stream(), () -> Levels.of(executable, testClass, testMethod)));
    }

    private void bind(Supplier<Stream<Request>> request, Supplier<Levels> levels) {
        try {
            request.get()
                    .filter(one -> one.kind().isOfServer())
                    .forEach(one -> bound.add(new Bound(one, levels.get().find(one))));
        } catch (ExtensionConfigurationException e) {
            mistaken = true; // whoever resolves this very parameter or field says how
        }
    }

    private static boolean isLifecycle(Method method) {
        return LIFECYCLE.stream().anyMatch(annotation -> AnnotationSupport.isAnnotated(method, annotation));
    }
}
