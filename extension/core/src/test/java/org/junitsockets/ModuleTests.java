package org.junitsockets;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTests {

    @Test
    void users_see_one_package_and_the_jupiter_module_what_it_translates_to() throws Exception {
        Set<String> toJupiter = Set.of("org.junitsockets.jupiter");
        assertThat(descriptor().exports().stream()
                        .collect(toMap(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets)))
                .containsOnly(
                        org.assertj.core.api.Assertions.entry("org.junitsockets", Set.of()),
                        org.assertj.core.api.Assertions.entry("org.junitsockets.deadend", toJupiter),
                        org.assertj.core.api.Assertions.entry("org.junitsockets.raw", toJupiter),
                        org.assertj.core.api.Assertions.entry("org.junitsockets.spec", toJupiter),
                        org.assertj.core.api.Assertions.entry("org.junitsockets.verdict", toJupiter));
        assertThat(descriptor().opens()).isEmpty();
    }

    @Test
    void nothing_is_required_at_run_time_but_the_jdks_base() throws Exception {
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
