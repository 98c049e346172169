package org.junitsockets.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has been read off a program element once: reflection costs more than a pair of sockets. It
 * goes away with the class; what could not be read is tried again, and fails again.
 */
final class Memo<E extends AnnotatedElement, T> {

    private final Function<E, T> read;
    private final ClassValue<Map<E, T>> known = new ClassValue<>() {
        @Override
        protected Map<E, T> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    Memo(Function<E, T> read) {
        this.read = read;
    }

    T get(E element) {
        Map<E, T> ofClass = known.get(owner(element));
        @Nullable T present = ofClass.get(element);
        if (present == null) {
            present = read.apply(element);
            ofClass.put(element, present);
        }
        return present;
    }

    private static Class<?> owner(AnnotatedElement element) {
        if (element instanceof Class<?> type) {
            return type;
        }
        if (element instanceof Field field) {
            return field.getDeclaringClass();
        }
        return (element instanceof Parameter parameter ? parameter.getDeclaringExecutable() : (Executable) element)
                .getDeclaringClass();
    }
}
