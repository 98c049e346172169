package org.junitsockets;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTests {

    @Test
    void usersSeeOnePackageSuppliersAnotherAndOtherModulesWhatTheyTranslateTo() throws Exception {
        Set<String> toJupiter = Set.of("org.junitsockets.jupiter");
        Set<String> toContainersToo = Set.of("org.junitsockets.jupiter", "org.junitsockets.testcontainers");
        assertThat(descriptor().exports().stream()
                        .collect(toMap(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets)))
                .containsOnly(
                        entry("org.junitsockets", Set.of()),
                        entry("org.junitsockets.spi", Set.of()),
                        entry("org.junitsockets.connection", Set.of("org.junitsockets.testcontainers")),
                        entry("org.junitsockets.deadend", toJupiter),
                        entry(
                                "org.junitsockets.location",
                                Set.of(
                                        "org.junitsockets.harness",
                                        "org.junitsockets.jupiter",
                                        "org.junitsockets.testcontainers")),
                        entry("org.junitsockets.port", toContainersToo),
                        entry("org.junitsockets.raw", toJupiter),
                        entry("org.junitsockets.report", toJupiter),
                        entry("org.junitsockets.server", toJupiter),
                        entry("org.junitsockets.spec", toContainersToo),
                        entry(
                                "org.junitsockets.time",
                                Set.of(
                                        "org.junitsockets.assertj",
                                        "org.junitsockets.jupiter",
                                        "org.junitsockets.testcontainers")),
                        entry("org.junitsockets.tls", toJupiter),
                        entry("org.junitsockets.transport", toContainersToo),
                        entry(
                                "org.junitsockets.transcript",
                                Set.of("org.junitsockets.assertj", "org.junitsockets.testcontainers")),
                        entry("org.junitsockets.verdict", toJupiter),
                        entry("org.junitsockets.work", toContainersToo));
        assertThat(descriptor().opens()).isEmpty();
    }

    @Test
    void nothingIsRequiredAtRunTimeButTheJdksBase() throws Exception {
        assertThat(descriptor().requires())
                .filteredOn(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    private static ModuleDescriptor descriptor() throws Exception {
        try (InputStream in = SocketServer.class.getResourceAsStream("/module-info.class")) {
            return ModuleDescriptor.read(in);
        }
    }
}
