package org.junitsockets.testcontainers.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsockets.Location;
import org.junitsockets.testcontainers.agent.Agent;

class AgentFilesTests {

    @Test
    void aClassPathIsAnArchiveWhereverTheClassesAre() throws Exception {
        assertThat(names(AgentFiles.jar(Agent.class))).contains("org/junitsockets/testcontainers/agent/Agent.class");
        assertThat(names(AgentFiles.jar(Location.class))).contains("org/junitsockets/Location.class");
        assertThat(names(AgentFiles.jar(Test.class))).contains("org/junit/jupiter/api/Test.class");
    }

    @Test
    void classesOfTheRuntimeCannotBeCopied() {
        assertThatThrownBy(() -> AgentFiles.jar(String.class))
                .isInstanceOf(IOException.class)
                .hasMessage("where java.lang.String comes from: found nothing"
                        + " (expected: a jar or a directory, which can be copied into a container)");
    }

    private static List<String> names(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            @Nullable ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                names.add(entry.getName());
                entry = zip.getNextEntry();
            }
        }
        return names;
    }
}
