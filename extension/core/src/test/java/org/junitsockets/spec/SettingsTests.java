package org.junitsockets.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Transport;

class SettingsTests {

    private static Settings from(String... pairs) {
        Map<String, String> parameters = pairs.length == 0
                ? Map.of()
                : pairs.length == 2 ? Map.of(pairs[0], pairs[1]) : Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
        return Settings.from(parameters::get);
    }

    @Test
    void withoutParametersTheDefaultsHold() {
        Settings settings = from();
        assertThat(settings.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.transport()).isEqualTo(Transport.TCP);
        assertThat(settings.scaled(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.startDeadline().allowed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theFactorScalesTheDefaultAndEachStatedDeadline() {
        Settings settings = from("junitsockets.deadline", "200ms", "junitsockets.deadline.factor", " 2.5 ");
        assertThat(settings.deadline()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.scaled(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.scaled(Duration.ofHours(23)))
                .withMessage("the deadline times junitsockets.deadline.factor: found '207000000000000 ns'"
                        + " (expected: between 1 ms and a day)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two", "0", "-1", "1001", "1e9", "NaN"})
    void aFactorIsAbove0AndUpTo1000(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.deadline.factor", text))
                .withMessage("junitsockets.deadline.factor: found '" + text
                        + "' (expected: a number above 0 and up to 1000, such as 2.5)");
    }

    @Test
    void aFactorThatLeavesNoDeadlineIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.deadline.factor", "1e-12"))
                .withMessageStartingWith("the deadline times junitsockets.deadline.factor: found '0 ns'");
    }

    @Test
    void aDeadlineIsADuration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.deadline", "soon"))
                .withMessage("junitsockets.deadline: found 'soon'"
                        + " (expected: a duration such as 500ms, 5s, 2m or PT5S)");
    }

    @Test
    void aTransportGoesByItsName() {
        assertThat(from("junitsockets.transports", " tcp6 ").transport()).isEqualTo(Transport.TCP6);
        for (String wrong : new String[] {"", "IPX", "TCP,TCP6"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> from("junitsockets.transports", wrong))
                    .withMessage("junitsockets.transports: found '" + wrong + "' (expected: one of "
                            + Arrays.toString(Transport.values())
                            + "; the harness runs a suite over several, one after the other)");
        }
    }

    @Test
    void aLocationThatIsNotHereIsRefused() {
        assertThat(from("junitsockets.location", " in-process ").transport()).isEqualTo(Transport.TCP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from("junitsockets.location", "container"))
                .withMessage("junitsockets.location: found 'container', which needs the artifact"
                        + " org.junitsockets:junit-sockets-testcontainers, and that is not on the class path"
                        + " (expected: in-process)");
    }
}
