package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    void socketsAndThreads() throws IOException {
        ALL_KINDS.forEach(Run::of); // what is loaded and kept on first use
        Set<String> before = sockets();
        for (int i = 0; i < 3; i++) {
            ALL_KINDS.forEach(Run::of);
        }
        assertThat(sockets()).isEqualTo(before);
        assertThat(Workers.running()).isZero();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith(Workers.THREAD_NAME_PREFIX)))
                .allMatch(Thread::isDaemon);
    }

    /** The sockets that this process has open, by their inode. */
    private static Set<String> sockets() throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:")) {
                        sockets.add(target);
                    }
                } catch (IOException e) {
                    // the descriptor of the listing itself, gone by now
                }
            }
        }
        return sockets;
    }
}
