package org.junitsockets.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM like this one. */
public final class Jvm {

    /** The class path of this one. */
    public static final String CLASS_PATH = System.getProperty("java.class.path");

    private Jvm() {}

    /** Starts it; what it says to its standard error is seen at once. */
    public static Process start(String classPath, Class<?> main, List<String> options, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-classpath", classPath, main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
