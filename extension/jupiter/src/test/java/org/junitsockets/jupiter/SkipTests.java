package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a system cannot do is a skip that shows its reason, wherever it was asked for. */
class SkipTests {

    @Test
    void certificates() {
        String reason = "TLS: nothing on the class path makes certificates (org.junitsockets:junit-sockets-tls does)";
        Class<?> testCases = SkipTestCases.Identity.class;
        assertThat(Run.of(testCases).aborted()).containsExactly(reason);
        assertThat(Run.of(testCases, Map.of("junitsockets.require", "TLS")).fails())
                .hasMessage("junitsockets.require: found TLS, which may not be skipped, but " + reason
                        + " (expected: a system that can do that, or the parameter without TLS)");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SkipTestCases.Parameter.class,
                SkipTestCases.InTheTest.class,
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
}
