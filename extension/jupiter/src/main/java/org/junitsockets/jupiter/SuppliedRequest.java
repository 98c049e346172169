package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Capability;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.spi.EndpointRequest;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Durations;

/** What the supplier of a declaration is told. */
record SuppliedRequest<A extends Annotation>(
        Declared declared,
        A annotation,
        Transport transport,
        ExtensionContext context,
        @Nullable Object instance,
        Settings settings)
        implements EndpointRequest<A> {

    @Override
    public AnnotatedElement element() {
        return declared.element();
    }

    @Override
    public String declaration() {
        return declared.text();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an instance is one of them, or it is not
    public List<Object> testInstances() {
        List<Object> all = new ArrayList<>();
        context.getTestInstances().ifPresent(instances -> all.addAll(instances.getAllInstances()));
        Collections.reverse(all);
        if (instance != null && all.stream().noneMatch(one -> one == instance)) {
            all.add(0, instance);
        }
        return List.copyOf(all);
    }

    @Override
    public Optional<WithTls> withTls() {
        return Optional.ofNullable(declared.tls()).map(Found::annotation);
    }

    @Override
    public boolean hasTls() {
        return declared.tls() != null || transport.has(Capability.TLS);
    }

    @Override
    public Tls createTls(List<String> names) {
        return Declared.create(declared.tls(), names, declared.element());
    }

    @Override
    public Duration duration(String attribute, String text) {
        return settings.scaled(Durations.parse(declared.text() + ": " + attribute, text));
    }
}
