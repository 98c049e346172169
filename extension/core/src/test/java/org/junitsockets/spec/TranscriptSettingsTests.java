package org.junitsockets.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.spec.TranscriptSettings.When;
import org.junitsockets.transcript.Mask;

class TranscriptSettingsTests {

    private static TranscriptSettings from(String name, String value) {
        return Settings.from(Map.of(name, value)::get).transcript();
    }

    @Test
    void withoutParametersTheDefaultsHold() {
        TranscriptSettings settings = from("junitsockets.seed", "1");
        assertThat(settings.when()).isEqualTo(When.ON_FAILURE);
        assertThat(settings.size()).isEqualTo(256 * 1024);
        assertThat(settings.mask()).isSameAs(Mask.NONE);
        assertThat(settings.directory()).isEmpty();
    }

    @Test
    void whatOneParameterSaysLeavesTheOthersAlone() {
        TranscriptSettings settings = from("junitsockets.transcript.size", "10");
        assertThat(settings.size()).isEqualTo(10);
        assertThat(settings.when()).isEqualTo(When.ON_FAILURE);
        assertThat(settings.mask()).isSameAs(Mask.NONE);
        assertThat(settings.directory()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"on-failure, ON_FAILURE", "always, ALWAYS", "' Never ', NEVER"})
    void whenItIsWrittenGoesByItsName(String text, When when) {
        assertThat(from("junitsockets.transcript", text).when()).isEqualTo(when);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "on_failure", "always,never"})
    void anyOtherTimeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.transcript", text))
                .withMessage("junitsockets.transcript: found '" + text + "' (expected: on-failure, always, never)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "' 4096 ', 4096", "1073741824, 1073741824"})
    void aSizeIsANumberOfBytes(String text, int size) {
        assertThat(from("junitsockets.transcript.size", text).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1073741825", "99999999999", "64k", "1e3", "1.5"})
    void anyOtherSizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.transcript.size", text))
                .withMessage("junitsockets.transcript.size: found '" + text
                        + "' (expected: a number of bytes, from 0 to 1073741824)");
    }

    @Test
    void aMaskIsARegularExpression() {
        assertThat(from("junitsockets.transcript.mask", "PASS (\\w+)").mask().apply("PASS secret"))
                .isEqualTo("PASS ******");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.transcript.mask", "[a"))
                .withMessage("junitsockets.transcript.mask: found '[a' (expected: a regular expression;"
                        + " Unclosed character class at 1)");
    }

    @Test
    void aDirectoryIsAPath() {
        assertThat(from("junitsockets.transcript.directory", " target/wire ").directory())
                .contains(Path.of("target/wire"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.transcript.directory", "a\0b"))
                .withMessage("junitsockets.transcript.directory: found 'a\0b' (expected: a path of a directory)");
    }
}
