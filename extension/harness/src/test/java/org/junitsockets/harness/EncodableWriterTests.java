package org.junitsockets.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class EncodableWriterTests {

    @Test
    void whatTheCharsetHasIsWrittenAsItIs() throws IOException {
        assertThat(written(UTF_8, "caf\u00e9 \ud83d\ude00")).isEqualTo("caf\u00e9 \ud83d\ude00");
        assertThat(written(ISO_8859_1, "caf\u00e9")).isEqualTo("caf\u00e9");
    }

    @Test
    void whatTheCharsetHasNotIsEscaped() throws IOException {
        assertThat(written(US_ASCII, "caf\u00e9")).isEqualTo("caf\\u00e9");
        assertThat(written(ISO_8859_1, "caf\u00e9 \ud83d\ude00")).isEqualTo("caf\u00e9 \\ud83d\\ude00");
    }

    @Test
    void everyWayToWrite() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EncodableWriter writer = new EncodableWriter(bytes, US_ASCII)) {
            writer.write('\u00e9');
            writer.write("xx\u00e9yy".toCharArray(), 2, 2);
            writer.write("xx\u00e9zz", 2, 2);
            writer.append("\u00e9");
        }

        assertThat(bytes.toString(US_ASCII)).isEqualTo("\\u00e9\\u00e9y\\u00e9z\\u00e9");
    }

    private static String written(Charset charset, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EncodableWriter writer = new EncodableWriter(bytes, charset)) {
            writer.write(text);
        }
        return bytes.toString(charset);
    }
}
