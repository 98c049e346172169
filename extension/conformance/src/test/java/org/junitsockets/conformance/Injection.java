package org.junitsockets.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A JUnit test that gets a server and a client of it injected, and goes on until it is told to end. */
final class Injection {

    private static final ThreadLocal<Injection> CURRENT = new ThreadLocal<>();

    /** More than any test of the kit takes. */
    private static final long LONGEST_MINUTES = 5;

    /** What it was injected. */
    record Injected(Object server, Object client) {}

    private final CompletableFuture<Injected> sockets = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final FutureTask<@Nullable Throwable> run;

    private Injection(Class<?> test) {
        run = new FutureTask<>(() -> {
            CURRENT.set(this);
            @Nullable Throwable failure = failureOf(test);
            sockets.completeExceptionally(new AssertionError("the test ended without sockets", failure));
            return failure;
        });
        Thread thread = new Thread(run, "injected: " + test.getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    static Injection into(Class<?> test) {
        return new Injection(test);
    }

    /** What the test does with what it was injected. */
    static void hold(Object server, Object client) throws InterruptedException {
        Injection injection = CURRENT.get();
        injection.sockets.complete(new Injected(server, client));
        if (!injection.ended.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody has ended the test within " + LONGEST_MINUTES + " minutes");
        }
    }

    Injected sockets(Duration patience) throws Exception {
        return sockets.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the test end, with what the library does then. */
    void end(Duration patience) throws Exception {
        ended.countDown();
        @Nullable Throwable failure = run.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (failure != null) {
            throw new AssertionError("the test that was injected failed", failure);
        }
    }

    /** On this thread. */
    private static @Nullable Throwable failureOf(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .selectors(selectClass(test))
                .execute()
                .allEvents()
                .finished()
                .stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElse(null);
    }
}
