package org.junitsockets.benchmarks.first;

import org.junitsockets.benchmarks.echo.LibraryEcho;
import org.junitsockets.benchmarks.echo.MockWebServerGet;
import org.junitsockets.benchmarks.echo.PooledEcho;

/** What runs in a fresh JVM: one use, from the first statement on. Prints its nanoseconds. */
final class FirstUse {

    private FirstUse() {}

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        switch (args[0]) {
            case "library" -> new LibraryEcho().run();
            case "pooled" -> new PooledEcho().run();
            case "mockwebserver" -> new MockWebServerGet().run();
            default -> FirstTest.run(args[0]);
        }
        System.out.println(System.nanoTime() - start);
        System.exit(0);
    }
}
