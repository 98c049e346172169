package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class, what it inherits from, and what is around it. */
final class Hierarchy {

    private Hierarchy() {}

    private static final Memo<Class<?>, Set<Class<?>>> OF = new Memo<>(Hierarchy::read);
    private static final Memo<Class<?>, List<Field>> FIELDS = new Memo<>(Hierarchy::readFields);

    /** The class itself and all its supertypes, nearest first. */
    static Set<Class<?>> of(Class<?> type) {
        return OF.get(type);
    }

    private static Set<Class<?>> read(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (@Nullable Class<?> current = type; current != null && current != Object.class; ) {
            all.add(current);
            current = current.getSuperclass();
        }
        for (Class<?> current : List.copyOf(all)) {
            addInterfaces(current, all);
        }
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> one : type.getInterfaces()) {
            if (all.add(one)) {
                addInterfaces(one, all);
            }
        }
    }

    /**
     * The class, then those around it. What is around the class of a test is what JUnit runs it in: a
     * nested class that is inherited stands in the subclass.
     */
    static List<Class<?>> around(ExtensionContext context, Class<?> from) {
        List<Class<?>> run = new ArrayList<>();
        Optional<ExtensionContext> current = Optional.of(context);
        while (current.isPresent()) {
            current.get().getTestClass().filter(type -> !run.contains(type)).ifPresent(run::add);
            current = current.get().getParent();
        }
        int at = run.indexOf(from);
        return at < 0 ? lexicallyAround(from) : run.subList(at, run.size());
    }

    private static List<Class<?>> lexicallyAround(Class<?> from) {
        List<Class<?>> all = new ArrayList<>();
        @Nullable Class<?> current = from;
        while (current != null) {
            all.add(current);
            current = current.isMemberClass() && !Modifier.isStatic(current.getModifiers())
                    ? current.getEnclosingClass()
                    : null;
        }
        return all;
    }

    /** The fields that a type declares itself, without those that the compiler made, as for a record. */
    static List<Field> fields(Class<?> type) {
        return FIELDS.get(type);
    }

    private static List<Field> readFields(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .filter(field -> !type.isRecord() || Modifier.isStatic(field.getModifiers()))
                .filter(field -> !isConstructorParameter(field))
                .toList();
    }

    /** Kotlin may put the annotations of a constructor's {@code val} on the parameter and its field. */
    private static boolean isConstructorParameter(Field field) {
        List<Annotation> ofField = List.of(field.getDeclaredAnnotations());
        return Modifier.isFinal(field.getModifiers())
                && !Modifier.isStatic(field.getModifiers())
                && !ofField.isEmpty()
                && Stream.of(field.getDeclaringClass().getDeclaredConstructors())
                        .flatMap(constructor -> Stream.of(constructor.getParameters()))
                        .anyMatch(parameter -> parameter.getType() == field.getType()
                                && (!parameter.isNamePresent()
                                        || parameter.getName().equals(field.getName()))
                                && parameter.getAnnotations().length > 0
                                && ofField.containsAll(List.of(parameter.getAnnotations())));
    }
}
