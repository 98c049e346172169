package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Images that the engine has, or fetches. */
final class Images {

    private Images() {}

    /**
     * Returns the name of an image that the engine has.
     *
     * @param image a name, or a future of one
     * @param patience how long it may take to be fetched, or built
     * @param patienceText the same for messages
     * @param declaration that needs it
     */
    static DockerImageName require(
            Object image, DockerClient client, Duration patience, String patienceText, String declaration) {
        if (image instanceof Future<?> future) {
            return built(future, patience, patienceText, declaration);
        }
        DockerImageName name;
        try {
            name = image instanceof DockerImageName given ? given : DockerImageName.parse(String.valueOf(image));
            name.assertValid();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    declaration + ": found the image '" + image + "' (expected: a name such as redis:7.4)", e);
        }
        DockerImageName substituted = ImageNameSubstitutor.instance().apply(name);
        if (!isPresent(substituted, client)) {
            fetch(substituted, client, patience, patienceText, declaration);
        }
        return name;
    }

    private static DockerImageName built(Future<?> future, Duration patience, String patienceText, String declaration) {
        try {
            return DockerImageName.parse(String.valueOf(future.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    declaration + ": the image was not built within " + patienceText + " (startDeadline)", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    declaration + ": the image could not be built: " + Reasons.firstLine(Reasons.rootOf(e)), e);
        } catch (InterruptedException e) {
            throw interrupted(declaration, e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    declaration + ": the image could not be built: " + Reasons.firstLine(Reasons.rootOf(e)), e);
        }
    }

    private static boolean isPresent(DockerImageName name, DockerClient client) {
        try {
            client.inspectImageCmd(name.asCanonicalNameString()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static void fetch(
            DockerImageName name, DockerClient client, Duration patience, String patienceText, String declaration) {
        String why;
        try (PullImageResultCallback pull = client.pullImageCmd(name.getUnversionedPart())
                .withTag(name.getVersionPart())
                .exec(new PullImageResultCallback())) {
            if (pull.awaitCompletion(patience.toMillis(), TimeUnit.MILLISECONDS) && isPresent(name, client)) {
                return;
            }
            why = "not done within " + patienceText + " (startDeadline)";
        } catch (InterruptedException e) {
            throw interrupted(declaration, e);
        } catch (IOException | DockerException e) {
            why = Reasons.firstLine(e);
        } catch (RuntimeException e) {
            why = Reasons.firstLine(Reasons.rootOf(e));
        }
        // without a cause: the stack of a registry's client says nothing that a reader of a test could use
        throw new IllegalStateException(declaration + ": found no image '" + name.asCanonicalNameString()
                + "' on the engine, and it could not be fetched: " + why
                + " (expected: an image that is there, or in a registry)");
    }

    static IllegalStateException interrupted(String declaration, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(declaration + ": the thread was interrupted", e);
    }
}
