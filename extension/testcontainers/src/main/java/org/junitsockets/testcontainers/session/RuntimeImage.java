package org.junitsockets.testcontainers.session;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.engine.Engine;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * An image with a Java runtime, which the engine has.
 *
 * @param name of the image
 * @param java the program in it
 */
record RuntimeImage(String name, String java) {

    private static final long PULL_SECONDS = 600;
    private static final String JAVA_HOME = "JAVA_HOME=";

    /**
     * Finds the image, pulls it, or builds it.
     *
     * @param parameter a name or {@code jlink}; {@code null} for the builder where that is possible, and
     *     else for the image of Eclipse Temurin of the running version
     * @throws IOException if there is none to be had
     */
    static RuntimeImage of(Engine engine, @Nullable String parameter) throws IOException {
        RuntimeBuilder builder = new RuntimeBuilder(engine);
        if (ContainerParameters.JLINK.equals(parameter)) {
            Optional<String> impossible = builder.impossibleBecause();
            if (impossible.isPresent()) {
                throw new IOException(
                        ContainerParameters.IMAGE + "=" + ContainerParameters.JLINK + ": " + impossible.get());
            }
            return builder.build();
        }
        if (parameter == null && builder.impossibleBecause().isEmpty()) {
            return builder.build();
        }
        String name = parameter == null ? "eclipse-temurin:" + Runtime.version().feature() + "-jre" : parameter;
        return find(engine, name);
    }

    private static RuntimeImage find(Engine engine, String name) throws IOException {
        String full;
        try {
            full = ImageNameSubstitutor.instance()
                    .apply(DockerImageName.parse(name))
                    .asCanonicalNameString();
        } catch (IllegalArgumentException e) {
            throw new IOException(ContainerParameters.IMAGE + ": " + e.getMessage(), e);
        }
        try {
            return new RuntimeImage(
                    full, java(engine.client().inspectImageCmd(full).exec()));
        } catch (NotFoundException e) {
            pull(engine, full);
            return new RuntimeImage(
                    full, java(engine.client().inspectImageCmd(full).exec()));
        }
    }

    private static void pull(Engine engine, String name) throws IOException {
        try {
            if (!engine.client().pullImageCmd(name).start().awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the image " + name + " was not pulled within " + PULL_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while " + name + " was pulled");
            interrupted.initCause(e);
            throw interrupted;
        } catch (RuntimeException e) {
            throw new IOException(
                    "the engine has no image " + name + ", and cannot pull it: " + Engine.reason(e) + " ("
                            + ContainerParameters.IMAGE + " names another)",
                    e);
        }
    }

    /** Where the image says that it has one, else wherever its {@code PATH} leads to. */
    private static String java(InspectImageResponse image) {
        String @Nullable [] environment =
                image.getConfig() == null ? null : image.getConfig().getEnv();
        if (environment != null) {
            for (String one : environment) {
                if (one.startsWith(JAVA_HOME)) {
                    return one.substring(JAVA_HOME.length()) + "/bin/java";
                }
            }
        }
        return "java";
    }
}
