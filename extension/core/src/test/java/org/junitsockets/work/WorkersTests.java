package org.junitsockets.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTests {

    private static <T> T inPool(java.util.concurrent.Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Workers.run(task);
        return task.get(20, TimeUnit.SECONDS);
    }

    @Test
    void itsThreadsAreDaemonsThatLeakChecksKnowByName() throws Exception {
        Thread thread = inPool(Thread::currentThread);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("junit-sockets-").startsWith(Workers.THREAD_NAME_PREFIX);
    }

    @Test
    void aTaskRunsUnderItsCallersClassLoader() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (URLClassLoader mine = new URLClassLoader(new URL[0], before)) {
            caller.setContextClassLoader(mine);
            assertThat(inPool(() -> Thread.currentThread().getContextClassLoader()))
                    .isSameAs(mine);
        } finally {
            caller.setContextClassLoader(before);
        }
        assertThat(inPool(() -> Thread.currentThread().getContextClassLoader())).isSameAs(before);
    }

    @Test
    void anInterruptIsForTheTaskAndNotForTheNextOne() throws Exception {
        for (int i = 0; i < 100; i++) {
            boolean interrupted = inPool(() -> {
                boolean before = Thread.currentThread().isInterrupted();
                Thread.currentThread().interrupt();
                return before;
            });
            assertThat(interrupted).isFalse();
        }
    }

    @Test
    void aViewCanBeShutDownWithoutThePool() throws Exception {
        ExecutorService view = Workers.view();
        assertThat(view.submit(() -> Thread.currentThread().getName()).get()).startsWith("junit-sockets-");
        assertThat(view.isShutdown()).isFalse();
        view.shutdown();
        assertThat(view.isShutdown() && view.isTerminated()).isTrue();
        assertThat(view.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> view.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("this view of the pool was shut down");
        assertThat(view.shutdownNow()).isEmpty();
        assertThat(inPool(() -> "the pool goes on")).isEqualTo("the pool goes on");
    }
}
