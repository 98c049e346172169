package org.junitsockets.jupiter;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.UnsupportedTransportException;
import org.opentest4j.TestAbortedException;

/**
 * Translates between JUnit's callbacks and our scopes. It has no state: that is in the Store.
 */
final class SocketExtension
        implements BeforeAllCallback,
                TestInstancePostProcessor,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                InvocationInterceptor,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    /** Else all tests of a class would share what a constructor gets. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    // -- fields ------------------------------------------------------------------------------------

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Class<?> testClass = context.getRequiredTestClass();
        skipIfUnsupported(context);
        try {
            inject(testClass, null, context);
        } catch (RuntimeException e) {
            throw Skip.insteadOf(e, context);
        }
    }

    @Override
    public void postProcessTestInstance(Object testInstance, ExtensionContext context) throws Exception {
        try {
            inject(testInstance.getClass(), testInstance, context);
        } catch (RuntimeException e) {
            // a skip is not possible before beforeEach
            StoredScope.of(context).unsupported(Skip.insteadOf(e, context));
        }
    }

    /** Static fields where there is no instance, instance fields where there is. */
    private static void inject(Class<?> testClass, @Nullable Object instance, ExtensionContext context)
            throws IllegalAccessException {
        List<Class<?>> classes = Hierarchy.around(context, testClass);
        for (Class<?> type : Hierarchy.of(testClass)) {
            for (Field field : Hierarchy.fields(type)) {
                Optional<Request> request = Request.of(field);
                if (request.isEmpty() || Modifier.isStatic(field.getModifiers()) != (instance == null)) {
                    continue;
                }
                if (Modifier.isFinal(field.getModifiers())) {
                    throw new ExtensionConfigurationException(
                            request.get() + ": found a final field (expected: one that can be assigned)");
                }
                if (instance == null) {
                    StoredScope.of(context).claim(field);
                }
                @Nullable
                Method testMethod =
                        instance == null ? null : context.getTestMethod().orElse(null);
                Object value = new Injection(context, instance)
                        .give(request.get(), classes, () -> Levels.of(classes, testMethod));
                ReflectionSupport.makeAccessible(field).set(instance, value);
            }
        }
    }

    // -- parameters --------------------------------------------------------------------------------

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Request.of(parameter.getParameter()).isPresent();
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Parameter declared = parameter.getParameter();
        Request request = Request.of(declared).orElseThrow();
        Executable executable = parameter.getDeclaringExecutable();
        List<Class<?>> classes = Hierarchy.around(context, seenFrom(parameter, context));
        @Nullable Method testMethod = context.getTestMethod().orElse(null);
        try {
            return new Injection(context).give(request, classes, () -> Levels.of(executable, classes, testMethod));
        } catch (RuntimeException e) {
            if (!(executable instanceof Constructor)) {
                throw e;
            }
            // a skip is not possible before beforeEach
            StoredScope.of(context).unsupported(Skip.insteadOf(e, context));
            return declared.getType() == int.class ? 0 : null;
        }
    }

    /** A class around the one of the test has its own view; a constructor's target is what is around it. */
    private static Class<?> seenFrom(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getDeclaringExecutable() instanceof Constructor<?> constructor) {
            return constructor.getDeclaringClass();
        }
        return parameter.getTarget().isPresent()
                ? parameter.getTarget().get().getClass()
                : context.getRequiredTestClass();
    }

    // -- the test ----------------------------------------------------------------------------------

    @Override
    public void beforeEach(ExtensionContext context) {
        skipIfUnsupported(context);
        TransportInvocations.requireOneKindOfTest(context.getRequiredTestMethod());
        Plan.of(context).requireUse();
        if (StoredScope.find(context).isEmpty()
                && StoredScope.around(context).findAny().isPresent()) {
            StoredScope.of(context); // answers for what happens on the servers of its class
        }
    }

    private static void skipIfUnsupported(ExtensionContext context) {
        StoredScope.all(context)
                .flatMap(scope -> scope.unsupported().stream())
                .findFirst()
                .ifPresent(skip -> {
                    throw new TestAbortedException(skip.getMessage(), skip.getCause()); // of each test its own
                });
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Skip.insteadOf(
                unsupportedByPeer(context).map(Throwable.class::cast).orElse(thrown), context);
    }

    /** The verdict comes later, when JUnit takes a skip for a failure. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            StoredScope.find(context)
                    .flatMap(stored -> stored.scope().unsupportedInTheEnd())
                    .ifPresent(unsupported -> {
                        throw Skip.insteadOf(unsupported, context);
                    });
        }
    }

    /** Where a script could not do something over its transport, the test has failed for want of that. */
    private static Optional<UnsupportedTransportException> unsupportedByPeer(ExtensionContext context) {
        return StoredScope.find(context).flatMap(stored -> stored.scope().unsupported());
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Skip.insteadOf(thrown, context);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Skip.insteadOf(thrown, context);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Skip.insteadOf(thrown, context);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Skip.insteadOf(thrown, context);
    }

    // -- the thread that runs it -------------------------------------------------------------------

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        try {
            return watched(invocation, context);
        } catch (Throwable thrown) { // no handler of exceptions is told of those of a constructor
            throw Skip.insteadOf(thrown, context);
        }
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            return watched(invocation, context);
        } catch (Throwable thrown) { // no handler of exceptions is told of those of a factory
            throw Skip.insteadOf(
                    unsupportedByPeer(context).map(Throwable.class::cast).orElse(thrown), context);
        }
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        @Nullable Throwable thrown = null;
        try {
            watched(invocation, context);
        } catch (Throwable e) { // whatever it is, the factory's own verdict depends on it
            thrown = e;
            thrown = Skip.insteadOf(e, context);
            throw thrown;
        } finally {
            StoredScope.tellFactory(context, Optional.ofNullable(thrown));
        }
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @SuppressWarnings("try") // it watches by being open
    private static <T extends @Nullable Object> T watched(Invocation<T> invocation, ExtensionContext context)
            throws Throwable {
        StoredScope.find(context).ifPresent(own -> own.scope().runsOn(Thread.currentThread()));
        if (StoredScope.all(context).noneMatch(StoredScope::hasRawChannels)) {
            return invocation.proceed();
        }
        StoredScope scope = StoredScope.of(context);
        try (BlockedChannelWatch watch = BlockedChannelWatch.start(
                scope.scope().settings().deadline(), blocked -> scope.scope().fail(blocked))) {
            return invocation.proceed();
        }
    }
}
