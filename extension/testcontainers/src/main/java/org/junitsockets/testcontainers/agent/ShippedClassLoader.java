package org.junitsockets.testcontainers.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.protocol.Resources;

/**
 * Loads the classes of handlers and what they need from where the test is. The JDK, core and the agent are
 * this process's own.
 *
 * <p>A resource is had as a stream; as a URL it is not.
 */
final class ShippedClassLoader extends ClassLoader {

    /** More classes than any handler needs. */
    static final int MOST_CLASSES = 20_000;

    static {
        registerAsParallelCapable();
    }

    private final ClassSource source;
    private final AtomicInteger classes = new AtomicInteger();

    /** Those that are asked for again and again, as by {@code ServiceLoader}. */
    private final Map<String, Boolean> absent = new ConcurrentHashMap<>();

    ShippedClassLoader(ClassLoader parent, ClassSource source) {
        super("shipped", parent);
        this.source = source;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte @Nullable [] file = get(name, Resources.ofClass(name));
        if (file == null) {
            throw new ClassNotFoundException(
                    name + ", needed by a handler in the agent: it is neither in the agent nor where the test is");
        }
        if (classes.incrementAndGet() > MOST_CLASSES) {
            throw new ClassNotFoundException(
                    name + ": found more than " + MOST_CLASSES + " classes of handlers (expected: fewer)");
        }
        definePackageOf(name);
        return defineClass(name, file, 0, file.length);
    }

    private void definePackageOf(String name) {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            try {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                // another thread was first
            }
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return getParent().getResource(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        @Nullable InputStream here = getParent().getResourceAsStream(name);
        if (here != null || !Resources.isLegal(name) || absent.containsKey(name)) {
            return here;
        }
        try {
            byte @Nullable [] content = source.get(name);
            if (content == null && absent.size() < MOST_CLASSES) {
                absent.put(name, true);
            }
            return content == null ? null : new ByteArrayInputStream(content);
        } catch (IOException e) {
            return null; // as where a file cannot be read
        }
    }

    private byte @Nullable [] get(String name, String resource) throws ClassNotFoundException {
        if (!Resources.isLegal(resource)) {
            return null;
        }
        try {
            return source.get(resource);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + ", needed by a handler in the agent: " + e.getMessage(), e);
        }
    }
}
