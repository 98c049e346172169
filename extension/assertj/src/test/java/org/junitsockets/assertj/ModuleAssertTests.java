package org.junitsockets.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import org.junit.jupiter.api.Test;

class ModuleAssertTests {

    @Test
    void usersSeeOnePackageWhichSoftAssertionsAreMadeIn() throws Exception {
        assertThat(descriptor().exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactly("org.junitsockets.assertj");
        assertThat(descriptor().opens())
                .extracting(ModuleDescriptor.Opens::toString)
                .containsExactly("org.junitsockets.assertj to [org.assertj.core]");
    }

    @Test
    void itTakesTheCoreAndAssertJ() throws Exception {
        assertThat(descriptor().requires())
                .filteredOn(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "org.assertj.core", "org.junitsockets.core");
    }

    private static ModuleDescriptor descriptor() throws Exception {
        try (InputStream in = SocketAssertions.class.getResourceAsStream("/module-info.class")) {
            return ModuleDescriptor.read(in);
        }
    }
}
