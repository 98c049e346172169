package org.junitsockets.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0004S, 0 ms",
        "PT0.012S, 12 ms",
        "PT0.999S, 999 ms",
        "PT1S, 1.0 s",
        "PT1.349S, 1.3 s",
        "PT1.35S, 1.4 s",
        "PT59.949S, 59.9 s",
        "PT59.95S, 1 min 0 s",
        "PT2M5S, 2 min 5 s",
        "PT119.6S, 2 min 0 s",
        "PT61M, 61 min 0 s"
    })
    void format(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }
}
