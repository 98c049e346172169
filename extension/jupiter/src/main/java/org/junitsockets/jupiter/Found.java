package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.jupiter.spi.DeclaresEndpoint;

/**
 * An annotation that stands on an element, directly or on another annotation there.
 *
 * <p>Only what is declared on the element itself counts: who looks at a class walks its supertypes
 * himself, because a subclass's declarations take precedence.
 *
 * @param written as the user wrote it: where it stands on an annotation of his own, that one
 */
record Found<A extends Annotation>(A annotation, String written) {

    static <A extends Annotation> List<Found<A>> all(AnnotatedElement element, Class<A> type) {
        return matching(element, type::equals).stream()
                .map(found -> new Found<>(type.cast(found.annotation()), found.written()))
                .toList();
    }

    /** Those that are declarations of somebody else's, by {@link DeclaresEndpoint}. */
    static List<Found<Annotation>> declarations(AnnotatedElement element) {
        return matching(element, type -> type.isAnnotationPresent(DeclaresEndpoint.class));
    }

    private static List<Found<Annotation>> matching(
            AnnotatedElement element, Predicate<Class<? extends Annotation>> wanted) {
        List<Found<Annotation>> found = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            collect(annotation, wanted, new HashSet<>(), annotation, found);
        }
        return found;
    }

    static <A extends Annotation> Optional<Found<A>> first(AnnotatedElement element, Class<A> type) {
        return all(element, type).stream().findFirst();
    }

    private static void collect(
            Annotation annotation,
            Predicate<Class<? extends Annotation>> wanted,
            Set<Class<?>> seen,
            Annotation written,
            List<Found<Annotation>> found) {
        Class<? extends Annotation> type = annotation.annotationType();
        if (wanted.test(type)) {
            found.add(new Found<>(annotation, write(written)));
        } else if (!type.getName().startsWith("java.lang.")) {
            for (Annotation one : repeated(annotation)) {
                if (wanted.test(one.annotationType())) {
                    found.add(new Found<>(one, write(written.equals(annotation) ? one : written)));
                }
            }
            if (seen.add(type)) {
                for (Annotation meta : type.getDeclaredAnnotations()) {
                    collect(meta, wanted, seen, written, found);
                }
            }
        }
    }

    /** What an annotation holds that the compiler wrote for several of one type; else nothing. */
    private static Annotation[] repeated(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        try {
            Method value = type.getDeclaredMethod("value");
            @Nullable Class<?> one = value.getReturnType().getComponentType();
            @Nullable Repeatable repeatable = one == null ? null : one.getAnnotation(Repeatable.class);
            if (repeatable != null && repeatable.value() == type) {
                value.setAccessible(true);
                return (Annotation[]) value.invoke(annotation);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // holds nothing, or nothing that we may see
        }
        return new Annotation[0];
    }

    /** Such as {@code @WithSocketServer(name = "db", handler = Echo.class)}. */
    private static String write(Annotation annotation) {
        String attributes = Stream.of(annotation.annotationType().getDeclaredMethods())
                .filter(attribute -> isDeclaration(annotation.annotationType()))
                .sorted(Comparator.comparing(Method::getName))
                .map(attribute -> write(attribute, annotation))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        String name = "@" + Words.simpleName(annotation.annotationType());
        return attributes.isEmpty() ? name : name + "(" + attributes + ")";
    }

    private static boolean isDeclaration(Class<? extends Annotation> type) {
        return type.getPackage().equals(Found.class.getPackage()) || type.isAnnotationPresent(DeclaresEndpoint.class);
    }

    private static String write(Method attribute, Annotation annotation) {
        Object value;
        try {
            value = attribute.invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return ""; // cannot be: the attributes of our own annotations are public
        }
        if (Arrays.deepEquals(new Object[] {value}, new Object[] {attribute.getDefaultValue()})) {
            return "";
        }
        String text = write(value);
        return attribute.getName().equals("value") ? text : attribute.getName() + " = " + text;
    }

    private static String write(Object value) {
        if (value instanceof String string) {
            return '"' + string + '"';
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Class<?> type) {
            return Words.simpleName(type) + ".class";
        }
        if (value instanceof Object[] values) {
            return values.length == 1
                    ? write(values[0])
                    : Stream.of(values).map(Found::write).collect(Collectors.joining(", ", "{", "}"));
        }
        return String.valueOf(value);
    }
}
