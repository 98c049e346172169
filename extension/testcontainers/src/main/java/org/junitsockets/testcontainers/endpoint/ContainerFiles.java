package org.junitsockets.testcontainers.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsockets.Tls;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** What is copied into a container before it starts. */
final class ContainerFiles {

    private static final String ARROW = "->";
    private static final int READABLE = 0644;

    private ContainerFiles() {}

    /** Copies {@code from -> to}. */
    static void add(GenericContainer<?> container, String text, ClassLoader loader, String declaration) {
        int arrow = text.indexOf(ARROW);
        String from = arrow < 0 ? "" : text.substring(0, arrow).trim();
        String to = arrow < 0 ? "" : text.substring(arrow + ARROW.length()).trim();
        if (from.isEmpty() || !to.startsWith("/")) {
            throw new ExtensionConfigurationException(declaration + ": files = \"" + text
                    + "\" (expected: one such as redis.conf -> /etc/redis/redis.conf)");
        }
        container.withCopyFileToContainer(source(from, loader, declaration), to);
    }

    private static MountableFile source(String from, ClassLoader loader, String declaration) {
        if (loader.getResource(from) != null) {
            return MountableFile.forClasspathResource(from);
        }
        try {
            if (Files.exists(Path.of(from))) {
                return MountableFile.forHostPath(Path.of(from));
            }
        } catch (InvalidPathException e) {
            // said below, as it is not there
        }
        throw new ExtensionConfigurationException(declaration + ": files: found no '" + from
                + "' (expected: a resource of the class path, or a file of this machine)");
    }

    /** Copies who the server is; the key is written nowhere else. */
    static void add(GenericContainer<?> container, Tls tls, Recipe recipe) {
        container.withCopyToContainer(
                Transferable.of(tls.chainPem().getBytes(US_ASCII), READABLE), recipe.tlsCertificate());
        container.withCopyToContainer(
                Transferable.of(tls.keyPem().getBytes(US_ASCII), recipe.tlsKeyMode()), recipe.tlsKey());
    }
}
