package org.junitsockets.testcontainers.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTests {

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void everyEntryHasItsDirectoriesBeforeItOnce(@TempDir Path directory) throws Exception {
        Path source = Files.write(directory.resolve("source"), new byte[513]);
        try (Tar tar = new Tar(archive)) {
            tar.directory("tmp", 01777);
            tar.file("a/b/c", 0600, "content".getBytes(UTF_8));
            tar.file("a/b/d", 0755, source);
        }
        assertThat(text(0, 0, 100)).isEqualTo("tmp/");
        assertThat(text(0, 100, 8)).isEqualTo("0001777");
        assertThat(text(0, 156, 1)).isEqualTo("5");
        assertThat(text(0, 257, 8)).isEqualTo("ustar");
        assertThat(text(1, 0, 100)).isEqualTo("a/");
        assertThat(text(1, 100, 8)).isEqualTo("0000755");
        assertThat(text(2, 0, 100)).isEqualTo("a/b/");
        assertThat(text(3, 0, 100)).isEqualTo("a/b/c");
        assertThat(text(3, 100, 8)).isEqualTo("0000600");
        assertThat(text(3, 124, 12)).isEqualTo("00000000007");
        assertThat(text(3, 156, 1)).isEqualTo("0");
        assertThat(text(4, 0, 100)).isEqualTo("content");
        assertThat(text(5, 0, 100)).isEqualTo("a/b/d");
        assertThat(text(5, 124, 12)).isEqualTo("00000001001");
        assertThat(archive.size()).isEqualTo((6 + 2 + 2) * 512);
    }

    @Test
    void aLongPathIsSplitAtASlash() throws Exception {
        String directory = "d".repeat(90);
        try (Tar tar = new Tar(archive)) {
            tar.file(directory + "/" + "e".repeat(50), 0644, new byte[0]);
        }
        assertThat(text(1, 0, 100)).isEqualTo("e".repeat(50));
        assertThat(text(1, 345, 155)).isEqualTo(directory);
    }

    @Test
    void whatCannotBeNamedIsRefused() throws Exception {
        try (Tar tar = new Tar(archive)) {
            assertThatThrownBy(() -> tar.file("f".repeat(101), 0644, new byte[0]))
                    .isInstanceOf(IOException.class)
                    .hasMessage("found a path of 101 bytes (expected: what ustar can name): " + "f".repeat(101));
        }
    }

    /** A text field of a block, up to its NUL. */
    private String text(int block, int at, int length) {
        byte[] field = Arrays.copyOfRange(archive.toByteArray(), block * 512 + at, block * 512 + at + length);
        String text = new String(field, US_ASCII);
        return text.indexOf(0) < 0 ? text : text.substring(0, text.indexOf(0));
    }
}
