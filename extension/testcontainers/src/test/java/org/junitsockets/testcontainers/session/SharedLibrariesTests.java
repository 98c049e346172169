package org.junitsockets.testcontainers.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedLibrariesTests {

    @Test
    void thoseThatAreFoundAndTheLoaderAreTaken() throws Exception {
        assertThat(SharedLibraries.parse("""
                        /runtime/bin/java:
                        \tlinux-vdso.so.1 (0x00007ffd)
                        \tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f01)
                        \tlibjvm.so => not found
                        \t/lib64/ld-linux-x86-64.so.2 (0x00007f02)
                        """, Set.of("libjvm.so")))
                .containsExactly(Path.of("/lib/x86_64-linux-gnu/libz.so.1"), Path.of("/lib64/ld-linux-x86-64.so.2"));
    }

    @Test
    void oneThatIsMissingIsNamed() {
        assertThatThrownBy(() -> SharedLibraries.parse(
                        "\tlibjvm.so => not found\n\tlibX.so.6 => not found\n", Set.of("libjvm.so")))
                .isInstanceOf(IOException.class)
                .hasMessage("found no library libX.so.6 (expected: all that ldd names)");
    }
}
