package org.junitsockets.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is done on a daemon thread of its own, since what is under test may never return. It goes in steps,
 * each of which has to end in time; which one did not is what the failure says.
 */
final class Call<T> {

    /** What a step does. */
    interface Step<T> {
        T go() throws Exception;
    }

    private static final ThreadLocal<Call<?>> CURRENT = new ThreadLocal<>();

    /** How often a thread has to be seen in one and the same place, and how long apart, to be blocked there. */
    private static final int LOOKS = 20;

    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

    /** Who waits without giving up the processor is seen in many places, but in one step. */
    private static final Duration SURELY_BLOCKED = Duration.ofSeconds(1);

    private final String what;
    private final FutureTask<T> task;
    private final Thread thread;

    private volatile @Nullable String step;

    /** Odd within a step. */
    private final AtomicLong steps = new AtomicLong();

    private volatile boolean waitsForAnother;

    private Call(String what, Callable<T> work) {
        this.what = what;
        task = new FutureTask<>(() -> {
            CURRENT.set(this);
            return work.call();
        });
        thread = new Thread(task, "conformance: " + what);
        thread.setDaemon(true);
    }

    static <T> Call<T> start(String what, Callable<T> work) {
        Call<T> call = new Call<>(what, work);
        call.thread.start();
        return call;
    }

    /** Does something that may hang; its name is said if it does, or if that is the last to be done and fails. */
    static <T> T step(String name, Step<T> work) throws Exception {
        Call<?> call = CURRENT.get();
        if (call == null) {
            return work.go();
        }
        call.step = name;
        call.steps.incrementAndGet();
        try {
            return work.go();
        } finally {
            call.steps.incrementAndGet();
        }
    }

    /** The step it is in or was in last. */
    String lastStep() {
        String last = step;
        return last == null ? what : last;
    }

    /**
     * Returns what it returned, or throws what it threw.
     *
     * @throws AssertionError if one of its steps lasts longer than that
     */
    T get(Duration patience) throws Exception {
        Call<?> caller = CURRENT.get();
        if (caller == null) {
            return await(patience);
        }
        caller.waitsForAnother = true;
        try {
            return await(patience);
        } catch (Exception e) {
            caller.step = lastStep();
            throw e;
        } finally {
            caller.steps.addAndGet(2);
            caller.waitsForAnother = false;
        }
    }

    private T await(Duration patience) throws Exception {
        long seen = steps.get();
        long end = Timeouts.endOf(patience);
        while (true) {
            try {
                return task.get(20, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) e.getCause();
            } catch (TimeoutException e) {
                long now = steps.get();
                if (now != seen || waitsForAnother) {
                    seen = now;
                    end = Timeouts.endOf(patience);
                } else if (Timeouts.isPast(end)) {
                    throw hung(patience);
                }
            }
        }
    }

    private AssertionError hung(Duration patience) {
        StackTraceElement[] stack = thread.getStackTrace();
        AssertionError error = new AssertionError(lastStep() + " did not end within " + Timeouts.format(patience)
                + (stack.length == 0 ? "" : ": its thread is in " + stack[0]));
        error.setStackTrace(stack);
        return error;
    }

    /** Waits until it has ended, and returns what it threw, or {@code null} if it returned. */
    @Nullable
    Throwable thrown(Duration patience) {
        try {
            get(patience);
            return null;
        } catch (Exception | Error e) {
            if (!task.isDone()) {
                throw (AssertionError) e;
            }
            return e;
        }
    }

    /** How it ended, in words. */
    String ending(Duration patience) {
        try {
            return "returned " + get(patience);
        } catch (Exception | Error e) {
            return "threw " + e;
        }
    }

    /**
     * Waits until its thread cannot go on.
     *
     * @throws AssertionError if it ends instead, or is at work for longer than that
     */
    void awaitBlocked(Duration patience) {
        long end = Timeouts.endOf(patience);
        StackTraceElement[] before = {};
        long seen = -1;
        long surely = 0;
        for (int same = 0; same < LOOKS; ) {
            if (task.isDone()) {
                throw new AssertionError(
                        lastStep() + ": found that it " + ending(patience) + " (expected: to be blocked)",
                        thrown(patience));
            }
            StackTraceElement[] now = thread.getStackTrace();
            long step = steps.get();
            if (step != seen) {
                surely = Timeouts.endOf(SURELY_BLOCKED);
            } else if (step % 2 == 1 && Timeouts.isPast(surely)) {
                return;
            }
            boolean still = step == seen && step % 2 == 1 && isWaiting(now) && Arrays.equals(now, before);
            same = still ? same + 1 : 0;
            before = now;
            seen = step;
            if (Timeouts.isPast(end)) {
                throw new AssertionError(
                        what + ": found it at work for " + Timeouts.format(patience) + " (expected: to be blocked)");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** In a system call a thread is runnable. */
    private boolean isWaiting(StackTraceElement[] stack) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case RUNNABLE -> stack.length > 0 && stack[0].isNativeMethod();
            case NEW, TERMINATED -> false;
        };
    }
}
