package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junitsockets.work.Workers;

/** After all kinds of tests, passed and failed, every socket is closed and every thread is idle. */
@Isolated("it counts what is open in the whole JVM")
class NothingLeftTests {

    private static final List<Class<?>> ALL_KINDS = List.of(
            LifecycleTestCases.Parameters.class,
            LifecycleTestCases.ConstructorPerMethod.class,
            LifecycleTestCases.ConstructorPerClass.class,
            LifecycleTestCases.Fields.class,
            LifecycleTestCases.FieldsPerClass.class,
            LifecycleTestCases.Outer.class,
            LifecycleTestCases.Repeated.class,
            LifecycleTestCases.Factory.class,
            LifecycleTestCases.Derived.class,
            LifecycleTestCases.Composed.class,
            LifecycleTestCases.Pairs.class,
            ClientsTestCases.EachPlace.class,
            ClientsTestCases.PerClass.class,
            ClientsTestCases.ClientsThatFail.class,
            UsageTests.class,
            VerdictTestCases.ScriptThrows.class,
            VerdictTestCases.HealthCheck.class,
            VerdictTestCases.OurOwnClient.class,
            BadInputTestCases.TwoHandlers.class,
            BadInputTestCases.OursAndRaw.class,
            BadInputTestCases.PairOfAServerWithHandler.class,
            SkipTestCases.ConstructorParameter.class);

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows a process its sockets")
    void socketsAndThreads() {
        ALL_KINDS.forEach(Run::of); // what is loaded and kept on first use
        Set<String> before = LeakListener.ownSockets();
        for (int i = 0; i < 3; i++) {
            ALL_KINDS.forEach(Run::of);
        }
        assertThat(LeakListener.ownSockets()).isEqualTo(before);
        assertThat(LeakListener.awaitIdle()).as("busy threads").isZero();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith(Workers.THREAD_NAME_PREFIX)))
                .allMatch(Thread::isDaemon);
    }

    @Test
    @WithSocketServer
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows a process its sockets")
    void theLeakListenerSeesAServer(@Port int port) {
        assertThat(LeakListener.listening()).anyMatch(address -> address.endsWith(String.format(":%04X", port)));
    }
}
