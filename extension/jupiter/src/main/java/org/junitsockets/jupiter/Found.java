package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Found<A>> found = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            collect(annotation, type, new HashSet<>(), annotation, found);
        }
        return found;
    }

    static <A extends Annotation> Optional<Found<A>> first(AnnotatedElement element, Class<A> type) {
        return all(element, type).stream().findFirst();
    }

    private static <A extends Annotation> void collect(
            Annotation annotation, Class<A> wanted, Set<Class<?>> seen, Annotation written, List<Found<A>> found) {
        Class<? extends Annotation> type = annotation.annotationType();
        if (type == wanted) {
            found.add(new Found<>(wanted.cast(annotation), write(written)));
        } else if (annotation instanceof WithSocketServers several && wanted == WithSocketServer.class) {
            for (WithSocketServer one : several.value()) {
                found.add(new Found<>(wanted.cast(one), write(written.equals(annotation) ? one : written)));
            }
        } else if (!type.getName().startsWith("java.lang.") && seen.add(type)) {
            for (Annotation meta : type.getDeclaredAnnotations()) {
                collect(meta, wanted, seen, written, found);
            }
        }
    }

    /** Such as {@code @WithSocketServer(name = "db", handler = Echo.class)}. */
    private static String write(Annotation annotation) {
        String attributes = Stream.of(annotation.annotationType().getDeclaredMethods())
                .filter(attribute -> annotation.annotationType().getPackage().equals(Found.class.getPackage()))
                .sorted(Comparator.comparing(Method::getName))
                .map(attribute -> write(attribute, annotation))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        String name = "@" + Words.simpleName(annotation.annotationType());
        return attributes.isEmpty() ? name : name + "(" + attributes + ")";
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
