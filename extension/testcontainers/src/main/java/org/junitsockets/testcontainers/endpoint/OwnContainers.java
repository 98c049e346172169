package org.junitsockets.testcontainers.endpoint;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.jupiter.spi.EndpointRequest;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;

/** Containers that the test has already, in a field of its class, of what that inherits, or of a class around. */
final class OwnContainers {

    private OwnContainers() {}

    static GenericContainer<?> inField(EndpointRequest<WithRemoteEndpoint> request) {
        String name = request.annotation().container();
        String declaration = request.declaration();
        Map<String, Field> fields = fields(request.context());
        @Nullable Field field = fields.get(name);
        if (field == null) {
            throw new ExtensionConfigurationException(declaration + ": found no field '" + name + "' (expected: "
                    + (fields.values().stream().noneMatch(OwnContainers::holdsOne)
                            ? "a field that holds a GenericContainer"
                            : "one of "
                                    + fields.values().stream()
                                            .filter(OwnContainers::holdsOne)
                                            .map(Field::getName)
                                            .collect(Collectors.joining(", ")))
                    + ")");
        }
        Optional<Object> value = value(field, request.testInstances(), declaration);
        if (value.isEmpty()) {
            throw new ExtensionConfigurationException(declaration + ": found nothing in the field '" + name
                    + "' (expected: a GenericContainer that is there before the endpoint is asked for)");
        }
        return require(value.get(), "the field '" + name + "'", declaration);
    }

    static GenericContainer<?> require(@Nullable Object value, String where, String declaration) {
        if (value instanceof GenericContainer<?> container) {
            return container;
        }
        throw new ExtensionConfigurationException(declaration + ": found "
                + (value == null ? "nothing" : "a " + value.getClass().getSimpleName()) + " in " + where
                + " (expected: a GenericContainer)");
    }

    private static boolean holdsOne(Field field) {
        return GenericContainer.class.isAssignableFrom(field.getType());
    }

    /** By their names, the nearest of a name. */
    private static Map<String, Field> fields(ExtensionContext context) {
        Map<String, Field> all = new LinkedHashMap<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            @Nullable Class<?> type = at.get().getTestClass().orElse(null);
            while (type != null && type != Object.class) {
                for (Field field : type.getDeclaredFields()) {
                    all.putIfAbsent(field.getName(), field);
                }
                type = type.getSuperclass();
            }
        }
        return all;
    }

    private static Optional<Object> value(Field field, List<Object> instances, String declaration) {
        @Nullable Object holder = null;
        if (!Modifier.isStatic(field.getModifiers())) {
            holder = instances.stream()
                    .filter(field.getDeclaringClass()::isInstance)
                    .findFirst()
                    .orElseThrow(() -> new ExtensionConfigurationException(declaration + ": found the field '"
                            + field.getName() + "' of an instance that is not there yet (expected: a static field,"
                            + " or a parameter of the test)"));
        }
        try {
            return ReflectionSupport.tryToReadFieldValue(field, holder).toOptional();
        } catch (RuntimeException e) {
            throw new ExtensionConfigurationException(
                    declaration + ": the field '" + field.getName() + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
