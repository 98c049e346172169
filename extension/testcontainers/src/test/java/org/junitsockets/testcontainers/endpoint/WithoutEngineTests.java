package org.junitsockets.testcontainers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.testcontainers.engine.Child;
import org.junitsockets.testcontainers.engine.Docker;

/** What becomes of tests where no container engine answers, or has not all that it needs: seen in JVMs of their own. */
class WithoutEngineTests {

    private static final String NO_ENGINE = "no container engine answers at DOCKER_HOST=unix:///nowhere/docker.sock, ";
    private static final String REMOTE = "@WithProgram on class RemoteEndpointTestCases.Failing: ";
    private static final String SERVED = "TCP (AF_INET, SOCK_STREAM) is not available in the location container: ";

    /** Where DOCKER_HOST leads nowhere, Testcontainers looks for the sockets of the systems that it knows. */
    private static Child nowhere(Path home, String... options) throws Exception {
        return Child.start(
                WithoutEngineTestCases.class,
                Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock"),
                Stream.concat(Stream.of("-Dos.name=none", "-Duser.home=" + home), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void theyAreSkippedAndSayWhy(@TempDir Path home) throws Exception {
        try (Child child = nowhere(home)) {
            assertThat(child.line())
                    .startsWith("passed 0 aborted [" + REMOTE + NO_ENGINE)
                    .endsWith("(expected: Docker, or one that is compatible; DOCKER_HOST says where)] failed []");
            assertThat(child.line())
                    .startsWith("passed 0 aborted [@WithRemoteEndpoint(")
                    .contains(NO_ENGINE)
                    .endsWith(" failed []");
            assertThat(child.line())
                    .startsWith("passed 0 aborted [")
                    .contains(SERVED + NO_ENGINE)
                    .endsWith(" failed []");
            assertThat(child.end()).isZero();
        }
    }

    @Test
    void theyFailWhereContainersAreRequired(@TempDir Path home) throws Exception {
        String required =
                "passed 0 aborted [] failed [junitsockets.require: found container, which may not be skipped, but";
        try (Child child = nowhere(home, "-Djunitsockets.require=container")) {
            assertThat(child.line()).startsWith(required).contains(REMOTE + NO_ENGINE);
            assertThat(child.line()).startsWith(required).contains(NO_ENGINE);
            assertThat(child.line()).startsWith(required).contains(SERVED + NO_ENGINE);
            assertThat(child.end()).isZero();
        }
    }

    /** A session's container, which needs no reaper, is there nevertheless. */
    @Test
    void withoutTheReapersImageNoContainerIsStartedAndTestsSayWhatToDo() throws Exception {
        Docker.require();
        String missing =
                "found no reaper, which Testcontainers starts first: it was not there within 60s (startDeadline)"
                        + " (expected: its image testcontainers/ryuk on the engine or in a registry, or"
                        + " TESTCONTAINERS_RYUK_DISABLED=true in the environment)] failed []";
        try (Child child = Child.start(
                WithoutEngineTestCases.class,
                Map.of(
                        "TESTCONTAINERS_RYUK_DISABLED",
                        "false",
                        "TESTCONTAINERS_RYUK_CONTAINER_IMAGE",
                        "localhost:1/none/ryuk:1"),
                "-Djunitsockets.deadline.factor=0.05")) {
            assertThat(child.line()).startsWith("passed 0 aborted [" + REMOTE + missing);
            assertThat(child.line())
                    .startsWith("passed 0 aborted [@WithRemoteEndpoint(")
                    .endsWith(missing);
            assertThat(child.line()).isEqualTo("passed 1 aborted [] failed []");
            assertThat(child.end()).isZero();
        }
    }
}
