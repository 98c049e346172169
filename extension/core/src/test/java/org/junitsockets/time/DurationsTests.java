package org.junitsockets.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "1ms,PT0.001S",
        "5s,PT5S",
        "2m,PT2M",
        " 3 S ,PT3S",
        "PT5S,PT5S",
        "pt1h,PT1H",
        "1440m,P1D"
    })
    void shortAndIsoFormsAreRead(String text, Duration expected) {
        assertThat(Durations.parse("x", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "ms", "5 sec", "-5s", "1.5s", "5h", "12345678901s", "five", "P"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("junitsockets.deadline", text))
                .withMessage("junitsockets.deadline: found '" + text
                        + "' (expected: a duration such as 500ms, 5s, 2m or PT5S)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "0s", "PT-1S", "1441m", "P2D", "999999999m", "PT0.0009S"})
    void aWaitIsFromAMillisecondToADay(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("x", text))
                .withMessage("x: found '" + text + "' (expected: between 1 ms and a day)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 ms",
        "PT0.2S,200 ms",
        "PT0.999S,999 ms",
        "PT1S,1 s",
        "PT1.5S,1.5 s",
        "PT1.05S,1.05 s",
        "PT62.001S,62.001 s"
    })
    void durationsAreWrittenTheShortWay(Duration duration, String expected) {
        assertThat(Durations.format(duration)).isEqualTo(expected);
    }

    @Test
    void aDeadlinePassesWhenItsClockSaysSo() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow at any moment
        Deadline deadline = Deadline.after(Duration.ofMillis(2), now::get);
        assertThat(deadline.allowed()).isEqualTo(Duration.ofMillis(2));
        assertThat(deadline.remainingMillis()).isEqualTo(2);
        now.addAndGet(1_000_001);
        assertThat(deadline.remainingNanos()).isEqualTo(999_999);
        assertThat(deadline.remainingMillis()).isEqualTo(1);
        assertThat(deadline.hasPassed()).isFalse();
        now.addAndGet(999_999);
        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remainingMillis()).as("0 would be for ever").isEqualTo(1);
        assertThat(Deadline.none().hasPassed()).isFalse();
        assertThat(Deadline.none().remainingMillis()).isZero();
        assertThat(Deadline.none().remainingNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
