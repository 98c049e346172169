package org.junitsockets.harness;

import org.jspecify.annotations.Nullable;

/** Where test classes come from: the same loader that JUnit takes. */
final class ClassLoaders {

    private ClassLoaders() {}

    static ClassLoader forTests() {
        @Nullable ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : ClassLoader.getSystemClassLoader();
    }
}
