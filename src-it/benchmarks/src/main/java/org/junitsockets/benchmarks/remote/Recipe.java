package org.junitsockets.benchmarks.remote;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * What the container of a session is made of, so that others can be made of the same.
 *
 * @param image the image's name
 * @param java where its Java runtime is
 * @param created when the image was made
 */
record Recipe(String image, String java, Instant created) {

    /** Looks at the container of this JVM's session, which has to run. */
    static Recipe ofSession() {
        DockerClient client = DockerClientFactory.instance().client();
        List<Container> running = client.listContainersCmd()
                .withLabelFilter(Map.of(
                        "org.junitsockets.agent",
                        String.valueOf(ProcessHandle.current().pid())))
                .exec();
        if (running.size() != 1) {
            throw new IllegalStateException(
                    "containers of this session: found " + running.size() + " (expected: one)");
        }
        InspectContainerResponse container =
                client.inspectContainerCmd(running.get(0).getId()).exec();
        String image = running.get(0).getImage();
        Instant created = Instant.parse(client.inspectImageCmd(image).exec().getCreated());
        return new Recipe(image, container.getPath(), created);
    }
}
