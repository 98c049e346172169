package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;

/** The invocations of {@link EachTransport}. */
final class TransportInvocations implements TestTemplateInvocationContextProvider {

    private static final Memo<Method, Optional<Found<EachTransport>>> ON =
            new Memo<>(method -> Found.first(method, EachTransport.class));

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return on(context.getRequiredTestMethod()).isPresent();
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Found<EachTransport> template = on(method).orElseThrow();
        requireOneKindOfTest(method);
        Plan.of(context).requireNoTransportBeside(template.written());
        List<Transport> listed = List.of(template.annotation().value());
        requireDistinct(listed, template, method);
        if (listed.isEmpty()) {
            Plan.of(context).requireATransport(template.written() + " on " + Words.describe(method));
        }
        List<Choice> choices = listed.isEmpty()
                ? Stream.of(Transport.values()).map(Choice::byDefault).toList()
                : listed.stream().map(Choice::stated).toList();
        return TransportInvocation.of(choices, context);
    }

    private static Optional<Found<EachTransport>> on(Method method) {
        return ON.get(method);
    }

    private static void requireDistinct(List<Transport> listed, Found<EachTransport> template, Method method) {
        Set<Transport> seen = EnumSet.noneOf(Transport.class);
        for (Transport transport : listed) {
            if (!seen.add(transport)) {
                throw new ExtensionConfigurationException(template.written() + " on " + Words.describe(method)
                        + ": found " + transport + " twice (expected: each once)");
            }
        }
    }

    /** Else JUnit would run the method as the other one too, over no transport in particular. */
    static void requireOneKindOfTest(Method method) {
        Optional<Found<EachTransport>> template = on(method);
        if (template.isEmpty()) {
            return;
        }
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            Optional<Class<?>> other = otherKindOfTest(annotation.annotationType(), new HashSet<>());
            if (other.isPresent()) {
                throw new ExtensionConfigurationException("@" + Words.simpleName(annotation.annotationType())
                        + " beside " + template.get().written() + " on " + Words.describe(method)
                        + ": found two kinds of test"
                        + " (expected: " + remedy(other.get()) + ")");
            }
        }
    }

    private static Optional<Class<?>> otherKindOfTest(Class<?> annotation, Set<Class<?>> seen) {
        if (annotation == EachTransport.class
                || annotation.getName().startsWith("java.lang.")
                || !seen.add(annotation)) {
            return Optional.empty();
        }
        if (annotation == Test.class
                || annotation == TestFactory.class
                || annotation == TestTemplate.class
                || annotation.isAnnotationPresent(TestTemplate.class)) {
            return Optional.of(annotation);
        }
        return Arrays.stream(annotation.getDeclaredAnnotations())
                .flatMap(meta -> otherKindOfTest(meta.annotationType(), seen).stream())
                .findFirst();
    }

    private static String remedy(Class<?> kindOfTest) {
        if (kindOfTest == Test.class || kindOfTest == TestTemplate.class) {
            return "@EachTransport alone, which makes it a test";
        }
        if (kindOfTest == TestFactory.class) {
            return "@EachTransport alone, or dynamic tests that each build a server over a transport of their own,"
                    + " as in SocketServer.builder().transport(UNIX)";
        }
        if (kindOfTest.getSimpleName().equals("ParameterizedTest")) {
            return "@EachTransport alone in a @ParameterizedClass, or @ParameterizedTest alone with the transport"
                    + " among its arguments, as in SocketServer.builder().transport(transport)";
        }
        return "@EachTransport alone, or @" + Words.simpleName(kindOfTest) + " alone and the transport by the"
                + " parameter junitsockets.transports";
    }
}
