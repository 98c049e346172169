package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is injected as a socket of the JDK's is recorded, and does not show it. */
class InjectedSocketsTests {

    private static String shownBy(Class<?> testCases) {
        Throwable failure =
                Run.of(testCases, Map.of("junitsockets.transcript", "never")).fails();
        assertThat(failure).hasMessage("the test's own");
        assertThat(failure.getSuppressed()).hasSize(1);
        return String.valueOf(failure.getSuppressed()[0].getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                InjectedSocketsTestCases.OverIPv4.class,
                InjectedSocketsTestCases.OverIPv6.class,
                InjectedSocketsTestCases.ServersOfTheClass.class
            })
    void theServersEndOfAPair(Class<?> testCases) {
        assertThat(shownBy(testCases))
                .containsOnlyOnce("server: accepted")
                .containsSubsequence(
                        "connection 1 of server ",
                        ", ended by the other side (FIN)",
                        "-- 4 bytes \"ping\" --",
                        "-- 4 bytes \"pong\" --",
                        "-- FIN --")
                .doesNotContain("client: connected", "not recorded");
    }

    @Test
    void nothingIsRecordedOfSizeNought() {
        Run.of(InjectedSocketsTestCases.Passes.class, Map.of("junitsockets.transcript.size", "0"))
                .passes(1);
        assertThat(Run.of(InjectedSocketsTestCases.OverIPv4.class, Map.of("junitsockets.transcript.size", "0"))
                        .fails()
                        .getSuppressed())
                .isEmpty();
    }

    @Test
    void whatNobodyHasReadAtTheServersEndIsNotThere() {
        assertThat(shownBy(InjectedSocketsTestCases.Unread.class))
                .contains("open; its end was not observed", "-- 6 bytes \"unread\" --")
                .doesNotContain("unheard");
    }

    @Test
    void theClientsEndWhereNobodyAccepts() {
        assertThat(shownBy(InjectedSocketsTestCases.NobodyAccepts.class))
                .contains("client 1 of server ", "client: connected", "-- 5 bytes \"hello\" --");
    }

    @Test
    void channelsAtBothEndsAreNotRecorded() {
        assertThat(shownBy(InjectedSocketsTestCases.Channels.class))
                .contains("\n  not recorded: SocketChannel client 1 of server (")
                .doesNotContain("ping");
        assertThat(shownBy(InjectedSocketsTestCases.ChannelsOfTheTest.class))
                .contains("\n  not recorded: ServerSocketChannel of server (");
    }

    @Test
    void aChannelIsRecordedAtTheOtherEnd() {
        assertThat(shownBy(InjectedSocketsTestCases.OneEndIsRecorded.class))
                .contains("-- 4 bytes \"ping\" --", "-- 4 bytes \"pong\" --", "client 2 of server 'channel'")
                .doesNotContain("not recorded");
    }
}
