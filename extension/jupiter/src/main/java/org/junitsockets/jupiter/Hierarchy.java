package org.junitsockets.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A test class, what it inherits from, and what is around it. */
final class Hierarchy {

    private Hierarchy() {}

    /** The class itself and all its supertypes, nearest first. */
    static Set<Class<?>> of(Class<?> type) {
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

    /** The class, then each whose inner class it is. */
    static Stream<Class<?>> enclosing(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        @Nullable Class<?> current = type;
        while (current != null) {
            all.add(current);
            current = current.isMemberClass() && !Modifier.isStatic(current.getModifiers())
                    ? current.getEnclosingClass()
                    : null;
        }
        return all.stream();
    }

    /** The fields that a type declares itself, without those that the compiler made. */
    static List<Field> fields(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .toList();
    }
}
