package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a system cannot do is a skip that shows its reason, wherever it was asked for. */
class SkipTests {

    @ParameterizedTest
    @ValueSource(
            classes = {
                SkipTestCases.Parameter.class,
                SkipTestCases.InAConstructor.class,
                SkipTestCases.InAConstructorPerClass.class,
                SkipTestCases.InTheTest.class,
                SkipTestCases.InAFactory.class,
                SkipTestCases.InADynamicTest.class,
                SkipTestCases.InAfterEach.class,
                SkipTestCases.BeforeEachParameter.class,
                SkipTestCases.BeforeAllParameter.class,
                SkipTestCases.InstanceField.class,
                SkipTestCases.StaticField.class,
                SkipTestCases.FieldPerClass.class,
                SkipTestCases.ConstructorParameter.class
            })
    void unsupported(Class<?> testCases) {
        Run run = Run.of(testCases);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isZero();
        assertThat(run.aborted()).containsExactly("not on this system");
    }

    @Test
    void whatAScriptCannotDoOverATransportThatWasChosenSkipsItsTest() {
        Run run = Run.of(SkipTestCases.InAScript.class, Map.of("junitsockets.transports", "UNIX"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted())
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("rst() on connection 1 of server")
                        && reason.contains(": a reset over UNIX needs bytes that the other side has sent"));
        Run.of(SkipTestCases.InAScript.class).passes(2);
    }

    /** Else a test that lacks its @WithTls would be skipped for ever, and nobody would hear of it. */
    @Test
    void whatTcpLacksIsAMistakeWhereNothingChoseIt() {
        String message = "found the transport TCP, over which there is no SSLContext (expected: the transport TLS, or"
                + " @WithTls)";
        assertThat(Run.of(SkipTestCases.WithoutTls.class).fails()).hasMessageContaining(message);
        Run chosen = Run.of(SkipTestCases.WithoutTls.class, Map.of("junitsockets.transports", "TCP"));
        assertThat(chosen.failures()).isEmpty();
        assertThat(chosen.aborted()).singleElement().asString().contains(message);
    }

    @Test
    void whatBeginsWithTlsCannotStartIt() {
        Run run = Run.of(SkipTestCases.StartTls.class, Map.of("junitsockets.transports", "TLS"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted())
                .singleElement()
                .asString()
                .startsWith("startTls() on ")
                .endsWith(": found the transport TLS, which begins with TLS (expected: one that begins in plain text)");
        Run.of(SkipTestCases.StartTls.class).passes(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX", "UDP"})
    void howeverLateTheScriptIs(String transport) {
        Run run = Run.of(SkipTestCases.InAScriptThatIsLate.class, Map.of("junitsockets.transports", transport));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).hasSize(20);
    }

    @Test
    void whatATestHasCaughtSkipsItToo() {
        Run run = Run.of(SkipTestCases.InsideAnAssertion.class, Map.of("junitsockets.transports", "UNIX"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).hasSize(2);
        assertThat(run.succeeded()).isZero();
    }

    @Test
    void overOneThatWasStatedItFails() {
        assertThat(Run.of(SkipTestCases.InAScriptOverAStatedTransport.class).fails())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(": a reset over UNIX needs bytes that the other side has sent");
    }
}
