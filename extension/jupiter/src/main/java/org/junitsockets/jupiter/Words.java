package org.junitsockets.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Program elements in messages, as the user wrote them. */
final class Words {

    private Words() {}

    static String describe(AnnotatedElement element) {
        if (element instanceof Parameter parameter) {
            Executable executable = parameter.getDeclaringExecutable();
            return (parameter.isNamePresent()
                            ? "parameter '" + parameter.getName() + "'"
                            : "parameter "
                                    + (Arrays.asList(executable.getParameters()).indexOf(parameter) + 1))
                    + " of " + signature(executable);
        }
        if (element instanceof Field field) {
            return "field " + simpleName(field.getDeclaringClass()) + "." + field.getName();
        }
        if (element instanceof Method method) {
            return "method " + signature(method);
        }
        return "class " + simpleName((Class<?>) element);
    }

    /** The name of a class without its package, a nested one with those around it. */
    static String simpleName(Class<?> type) {
        String name = type.getTypeName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    static String simpleNames(Collection<Class<?>> types) {
        return types.stream().map(Words::simpleName).collect(Collectors.joining(", "));
    }

    private static String signature(Executable executable) {
        String parameters =
                Stream.of(executable.getParameterTypes()).map(Words::simpleName).collect(Collectors.joining(", "));
        String owner = simpleName(executable.getDeclaringClass());
        return (executable instanceof Constructor ? "constructor " + owner : owner + "." + executable.getName()) + "("
                + parameters + ")";
    }
}
