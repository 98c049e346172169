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

/** One invocation: what it is called, and over what it goes, which it leaves in the Store. */
record TransportInvocation(Choice choice) implements TestTemplateInvocationContext {

    /** A look-up in the Store walks to the parents, so that the key has the context's own id. */
    private record Key(String id) {}

    /** The transport of something that lives in this context and does not state one. */
    static Choice choice(ExtensionContext context, Settings settings) {
        return find(context).orElseGet(() -> Choice.byDefault(settings.transport()));
    }

    /** The transport of the invocation that the context is that of, or in. */
    static Optional<Choice> find(ExtensionContext context) {
        return Stream.iterate(Optional.of(context), Optional::isPresent, one -> one.get()
                        .getParent())
                .flatMap(Optional::stream)
                .flatMap(one -> Stream.ofNullable(
                        StoredScope.store(one).get(new Key(one.getUniqueId()), Choice.class)))
                .findFirst();
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return "[" + invocationIndex + "] " + choice.transport();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(new Chosen(choice));
    }

    /** Says which transport it is, before anybody asks: the instance does, where the test has its own. */
    private record Chosen(Choice choice)
            implements TestInstancePreConstructCallback, BeforeEachCallback, ParameterResolver {

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
            return ExtensionContextScope.TEST_METHOD;
        }

        @Override
        public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
            begin(context);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            begin(context);
        }

        private void begin(ExtensionContext context) {
            StoredScope.store(context).put(new Key(context.getUniqueId()), choice);
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
