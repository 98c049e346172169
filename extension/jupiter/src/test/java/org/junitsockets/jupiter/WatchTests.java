package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A raw channel call that blocks a test is ended and named. */
class WatchTests {

    private static String texts(Throwable thrown) {
        return Stream.concat(Stream.of(thrown), Stream.of(thrown.getSuppressed()))
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "SocketChannel.read()",
        "SocketChannel.write()",
        "ServerSocketChannel.accept()",
        "the Future of an asynchronous channel"
    })
    void blockedCallIsEndedAndNamed(String call) {
        Run run = Run.inAHurry(WatchTestCases.Blocked.class);
        assertThat(run.failures()).hasSize(5);
        assertThat(run.throwables().map(WatchTests::texts)).noneMatch(text -> text.contains("still interrupted"));
        assertThat(run.throwables().map(WatchTests::texts))
                .anyMatch(text -> text.contains(
                        "the test's thread was blocked in " + call + " for 300 ms, at WatchTestCases.java:"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WatchTestCases.BlockedInAConstructor.class,
                WatchTestCases.BlockedInBeforeAll.class,
                WatchTestCases.BlockedInBeforeEach.class,
                WatchTestCases.BlockedInATestTemplate.class,
                WatchTestCases.BlockedInADynamicTest.class,
                WatchTestCases.BlockedInAfterAll.class,
                WatchTestCases.BlockedInASelector.class
            })
    void blockedCallIsEndedWhereverItIs(Class<?> testCases) {
        assertThat(texts(Run.inAHurry(testCases).fails())).contains("the test's thread was blocked in ");
    }

    @Test
    void secondBlockedCallIsEndedToo() {
        assertThat(texts(Run.inAHurry(WatchTestCases.BlockedTwice.class).fails()))
                .contains("2 failures:")
                .containsPattern("(?s)the Future of an asynchronous channel.*the Future of an asynchronous channel");
    }

    @Test
    void callsThatComeBackAreLeftAlone() {
        Run.inAHurry(WatchTestCases.ManyShortReads.class).passes(1);
    }
}
