package org.junitsockets.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.ClassNameFilter;

/**
 * Lets every class of a package through and remembers those with tests that cannot be loaded: JUnit
 * leaves them out of what it finds without a word.
 */
final class UnloadableClasses implements ClassNameFilter {

    private final Map<String, LinkageError> found = new LinkedHashMap<>();
    private final ClassLoader loader = ClassLoaders.forTests();

    /** Returns why each of them could not be loaded, by name. */
    Map<String, LinkageError> found() {
        return found;
    }

    @Override
    public FilterResult apply(String className) {
        try {
            // What JUnit needs of a class to tell whether it has tests, static initialisation left out.
            for (@Nullable Class<?> type = Class.forName(className, false, loader);
                    type != null;
                    type = type.getSuperclass()) {
                var unused = type.getDeclaredMethods();
            }
        } catch (LinkageError e) {
            if (mentionsJUnit(className)) {
                found.put(className, e);
            }
        } catch (ClassNotFoundException e) {
            // Not in this loader, so nothing that JUnit could have run.
        }
        return FilterResult.included("looked at");
    }

    /** Production code with an optional dependency that is not there lives in the same packages. */
    private boolean mentionsJUnit(String className) {
        try (@Nullable InputStream in = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
            return in == null || new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("org/junit/");
        } catch (IOException e) {
            throw new UncheckedIOException("class file of " + className + ": could not be read", e);
        }
    }
}
