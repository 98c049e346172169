package org.junitsockets.testcontainers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class EngineTests {

    @Test
    void whereThereIsNoneTheReasonSaysWhereItWasLookedFor() {
        assertThat(Engine.none("tcp://192.0.2.1:2375", "/nowhere"))
                .startsWith("no container engine answers at DOCKER_HOST=tcp://192.0.2.1:2375, /var/run/docker.sock")
                .contains(", /nowhere/docker.sock (not there), ")
                .endsWith(" (expected: Docker, or one that is compatible; DOCKER_HOST says where)");
        assertThat(Engine.none(null, null)).startsWith("no container engine answers at /var/run/docker.sock");
    }

    @Test
    void theReasonOfAFailureIsTheEngines() {
        assertThat(Engine.reason(new RuntimeException("a", new NotFoundException("no such image\n"))))
                .contains("no such image");
        assertThat(Engine.reason(new UncheckedIOException(new IOException("broken pipe"))))
                .isEqualTo("broken pipe");
    }
}
