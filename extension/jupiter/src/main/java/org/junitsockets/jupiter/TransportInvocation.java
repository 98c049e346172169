package org.junitsockets.jupiter;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Settings;

/**
 * One invocation: what it is called, and over what it goes.
 *
 * <p>JUnit makes an instance of a class around a nested one before any extension of the invocation is
 * asked. So all choices are in the Store of the template, and the invocation is known by its name.
 */
record TransportInvocation(Choice choice) implements TestTemplateInvocationContext {

    /** The choices of a template. */
    private record All(List<Choice> choices) {

        /** A look-up in the Store walks to the parents, so that the key has the context's own id. */
        private record Key(String id) {}

        static Optional<All> of(ExtensionContext template) {
            return Optional.ofNullable(StoredScope.store(template).get(new Key(template.getUniqueId()), All.class));
        }

        Optional<Choice> find(ExtensionContext invocation) {
            return choices.stream()
                    .filter(choice -> invocation.getDisplayName().endsWith(name(choice)))
                    .findFirst();
        }
    }

    /** The invocations of a template, which are known to all that asks in them. */
    static Stream<TestTemplateInvocationContext> of(List<Choice> choices, ExtensionContext template) {
        StoredScope.store(template).put(new All.Key(template.getUniqueId()), new All(choices));
        return choices.stream().map(TransportInvocation::new);
    }

    /**
     * The transport of something that lives in this context and does not state one. Where nothing chooses,
     * it is TCP as surely as if that had been stated: what TCP lacks is a mistake then, and no skip.
     */
    static Choice choice(ExtensionContext context, Settings settings) {
        return chosen(context, settings).orElseGet(() -> Choice.stated(settings.transport()));
    }

    /** The same, where a template or the parameter chooses. */
    static Optional<Choice> chosen(ExtensionContext context, Settings settings) {
        return find(context)
                .or(() -> context.getConfigurationParameter(Settings.TRANSPORTS)
                        .map(any -> Choice.byDefault(settings.transport())));
    }

    /** The transport of the invocation that the context is that of, or in. */
    private static Optional<Choice> find(ExtensionContext context) {
        for (ExtensionContext current = context; current.getParent().isPresent(); ) {
            ExtensionContext parent = current.getParent().get();
            Optional<All> all = All.of(parent);
            if (all.isPresent()) {
                return all.get().find(current);
            }
            current = parent;
        }
        return Optional.empty();
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return "[" + invocationIndex + name(choice);
    }

    private static String name(Choice choice) {
        return "] " + choice.transport();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(new Chosen(choice));
    }

    /** Skips where the transport is not there, before anything is opened; and tells the test which it is. */
    private record Chosen(Choice choice)
            implements TestInstancePreConstructCallback, BeforeEachCallback, ParameterResolver {

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
            return ExtensionContextScope.TEST_METHOD;
        }

        @Override
        public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
            requireAvailable(context);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            requireAvailable(context);
        }

        private void requireAvailable(ExtensionContext context) {
            Transport transport = choice.transport();
            Optional<String> reason = transport.unavailableBecause();
            if (reason.isPresent()) {
                throw Skip.insteadOf(
                        new UnsupportedTransportException(
                                transport,
                                transport + " (" + transport.family() + ") is not available on this system: "
                                        + reason.get()),
                        context);
            }
        }

        /** Not of a constructor, whose other parameters may be the arguments of a {@code @ParameterizedClass}. */
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Transport.class
                    && parameter.getDeclaringExecutable() instanceof Method
                    && Request.isBare(parameter.getParameter());
        }

        @Override
        public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return choice.transport();
        }
    }
}
