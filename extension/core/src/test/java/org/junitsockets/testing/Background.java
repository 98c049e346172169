package org.junitsockets.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a test does on a second thread, and how it waits for things that tell nobody. */
public final class Background<T> {

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "test-background");
        thread.setDaemon(true);
        thread.start();
    }

    public static <T> Background<T> call(Callable<T> work) {
        return new Background<>(work);
    }

    /** Something that may throw. */
    public interface Work {
        void run() throws Exception;
    }

    public static Background<Boolean> run(Work work) {
        return call(() -> {
            work.run();
            return true;
        });
    }

    public Thread thread() {
        return thread;
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** Returns what the work returned, or throws what it threw. */
    public T get() throws Exception {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } catch (TimeoutException e) {
            AssertionError error = new AssertionError("the background thread is still at work");
            error.setStackTrace(thread.getStackTrace());
            throw error;
        }
    }

    /** Lets more time pass than something that is to go on would last if a deadline of 1 ms bounded it. */
    public static void outlastAMillisecond() {
        long begun = System.nanoTime();
        await("time to pass", () -> System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(30));
    }

    /** Waits for something that nobody signals; its time-out is a failure, never an answer. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain for: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
