package org.junitsockets.benchmarks.remote;

import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsockets.benchmarks.jupiter.Suite;

/** What runs in a fresh JVM: one test, wherever its server is. Prints its nanoseconds. */
final class FirstTest {

    static final List<String> REMOTE = List.of("remote");
    static final List<String> LOCAL = List.of("local");

    private FirstTest() {}

    /** A container of Testcontainers'. */
    static List<String> plain(Recipe recipe) {
        return List.of("plain", recipe.image(), recipe.java());
    }

    public static void main(String[] args) {
        long start = System.nanoTime();
        Class<?> suite = Suites.One.class;
        if (args[0].equals("plain")) {
            suite = Suites.ContainerForEach.class;
            System.setProperty(Suites.IMAGE, args[1]);
            System.setProperty(Suites.JAVA, args[2]);
        }
        Map<String, String> parameters = args[0].equals("remote") ? RemotePart.IN_CONTAINER : Map.of();
        try (LauncherSession session = LauncherFactory.openSession()) {
            Suite.of(args[0], suite, 1, parameters, session.getLauncher()).run();
            System.out.println(System.nanoTime() - start); // the session's end comes after all tests
        }
        System.exit(0);
    }
}
