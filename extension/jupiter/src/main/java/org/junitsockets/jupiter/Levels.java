package org.junitsockets.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The declarations that an element can see, innermost level first: its own; the parameters of its
 * method; the method; the class with its fields and what it inherits; the class around it.
 */
final class Levels {

    private final List<List<Declared>> levels;
    private final List<AnnotatedElement> elements;
    private final Class<?> seenFrom;

    private Levels(
            Stream<? extends Collection<Declared>> levels, Stream<AnnotatedElement> elements, Class<?> seenFrom) {
        this.seenFrom = seenFrom;
        this.elements = elements.toList();
        this.levels = levels.filter(level -> !level.isEmpty())
                .map(level -> (List<Declared>) new ArrayList<>(level))
                .toList();
    }

    /**
     * What is seen from a parameter of a method or constructor, run for a test method or not.
     *
     * @param classes that of the method, and those around it
     */
    static Levels of(Executable executable, List<Class<?>> classes, @Nullable Method testMethod) {
        List<Declared> parameters = Stream.of(executable.getParameters())
                .flatMap(parameter -> Declared.on(parameter).stream())
                .map(declared -> declared.from(classes.get(0)))
                .toList();
        return new Levels(
                Stream.concat(
                        Stream.of(
                                distinct(parameters),
                                executable instanceof Method ? distinct(Declared.on(executable)) : List.<Declared>of(),
                                executable.equals(testMethod) ? List.<Declared>of() : on(testMethod)),
                        classes.stream().map(Levels::declaredIn)),
                Stream.concat(Stream.of(executable), elements(classes, testMethod)),
                classes.get(0));
    }

    /** What is seen from a field; from one of a class, or of an instance that serves all tests, no method. */
    static Levels of(List<Class<?>> classes, @Nullable Method testMethod) {
        return new Levels(
                Stream.concat(Stream.of(on(testMethod)), classes.stream().map(Levels::declaredIn)),
                elements(classes, testMethod),
                classes.get(0));
    }

    private static Stream<AnnotatedElement> elements(List<Class<?>> classes, @Nullable Method testMethod) {
        return Stream.concat(
                Stream.ofNullable(testMethod), classes.stream().flatMap(type -> Hierarchy.of(type).stream()));
    }

    private static List<Declared> on(@Nullable Method testMethod) {
        return testMethod == null ? List.of() : distinct(Declared.on(testMethod));
    }

    /** The one that the request means. */
    Declared find(Request request) {
        List<Declared> own = Declared.on(request.element());
        if (own.size() > 1) {
            throw new ExtensionConfigurationException(
                    Words.describe(request.element()) + ": found " + list(own) + " (expected: one declaration)");
        }
        if (!own.isEmpty()) {
            if (!request.server().isEmpty() && !own.get(0).isNamed(request.server())) {
                throw new ExtensionConfigurationException(request + ": found the name '" + request.server()
                        + "' beside " + own.get(0).text() + " (expected: its own name, or one of the two)");
            }
            return own.get(0).from(seenFrom);
        }
        return request.server().isEmpty() ? onlyOne(request) : named(request);
    }

    /** The innermost annotation that says how clients are to be, with the element it stands on. */
    Optional<Found<WithSocketClients>> findClients(Request request) {
        return Stream.concat(Stream.of(request.element()), elements.stream())
                .flatMap(element -> Found.first(element, WithSocketClients.class).stream()
                        .map(found ->
                                new Found<>(found.annotation(), found.written() + " on " + Words.describe(element))))
                .findFirst();
    }

    private Declared onlyOne(Request request) {
        for (List<Declared> level : levels) {
            List<Declared> candidates = candidates(level, request);
            if (candidates.size() == 1) {
                return candidates.get(0);
            }
            if (!candidates.isEmpty()) {
                throw new ExtensionConfigurationException(request + ": which server is meant? Found " + list(candidates)
                        + " (expected: a name, as in " + suggestion(request, candidates.get(0)) + ")");
            }
        }
        throw new ExtensionConfigurationException(request
                + ": no server is declared for it (expected: @WithSocketServer on it, its method or its class)");
    }

    private Declared named(Request request) {
        return levels.stream()
                .flatMap(level -> candidates(level, request).stream())
                .filter(candidate -> candidate.isNamed(request.server()))
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException(request + ": found no server of the name '"
                        + request.server() + "' (expected: "
                        + (levels.isEmpty()
                                ? "@WithSocketServer(name = \"" + request.server() + "\")"
                                : "one of "
                                        + list(levels.stream()
                                                .flatMap(List::stream)
                                                .toList()))
                        + ")"));
    }

    /** A pair declaration is for those who want a pair, and they take it before any server. */
    private static List<Declared> candidates(List<Declared> level, Request request) {
        List<Declared> pairs = level.stream().filter(Declared::isPair).toList();
        if (request.kind() == Request.Kind.PAIR && !pairs.isEmpty()) {
            return pairs;
        }
        return level.stream().filter(declared -> !declared.isPair()).toList();
    }

    private static String suggestion(Request request, Declared candidate) {
        String annotation = switch (request.kind()) {
            case CLIENT -> "@Connected";
            case PORT -> "@Port";
            default -> "@Endpoint";
        };
        return annotation + "(\"" + (candidate.name().isEmpty() ? "name" : candidate.name()) + "\")";
    }

    private static String list(List<Declared> declared) {
        return declared.stream()
                .map(one -> (one.name().isEmpty() ? "one without a name" : "'" + one.name() + "'") + ports(one) + " ("
                        + one.text() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String ports(Declared declared) {
        return declared.supplied() == null
                ? ""
                : declared.supplied().ports().keySet().stream()
                        .map(port -> " or '" + declared.name() + ":" + port + "'")
                        .collect(Collectors.joining());
    }

    /** A class with its fields and what it inherits; whoever is nearer replaces the same name. */
    private static Collection<Declared> declaredIn(Class<?> testClass) {
        Map<String, Declared> byName = new LinkedHashMap<>();
        for (Class<?> type : Hierarchy.of(testClass)) {
            List<Declared> ofType = new ArrayList<>(Declared.on(type));
            for (Field field : Hierarchy.fields(type)) {
                Declared.on(field).forEach(declared -> ofType.add(declared.from(testClass)));
            }
            distinct(ofType).forEach(declared -> byName.putIfAbsent(key(declared), declared));
        }
        return byName.values();
    }

    private static String key(Declared declared) {
        return (declared.isPair() ? "pair " : "server ") + declared.name();
    }

    private static List<Declared> distinct(List<Declared> level) {
        for (int i = 0; i < level.size(); i++) {
            for (Declared other : level.subList(i + 1, level.size())) {
                // Parameters without a name are told apart by being asked for where they stand.
                boolean unnamedParameters = other.name().isEmpty() && other.element() instanceof Parameter;
                if (other.name().equals(level.get(i).name())
                        && other.isPair() == level.get(i).isPair()
                        && !unnamedParameters) {
                    throw new ExtensionConfigurationException("found "
                            + level.get(i).text() + " and " + other.text()
                            + ", both " + (other.name().isEmpty() ? "without a name" : "named '" + other.name() + "'")
                            + " (expected: a name each)");
                }
            }
        }
        return level;
    }
}
