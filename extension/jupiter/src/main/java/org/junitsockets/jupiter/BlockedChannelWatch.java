package org.junitsockets.jupiter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsockets.time.Durations;
import org.junitsockets.work.Workers;

/**
 * Ends a raw channel call that blocks a test for longer than the deadline: unlike a {@code Socket},
 * a channel has no timeout, but an interrupt closes it.
 *
 * <p>A thread is taken to be in one and the same call if it is found in a blocking channel operation
 * time after time and has used no processor time in between.
 */
final class BlockedChannelWatch implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final int LOOKS_PER_DEADLINE = 4;

    private final Thread thread;
    private final Duration deadline;
    private final Consumer<String> onBlocked;
    private final ScheduledFuture<?> looks;
    private long blockedSince;
    private long usedThen = -1;
    private boolean fired;

    private BlockedChannelWatch(Thread thread, Duration deadline, Consumer<String> onBlocked) {
        this.thread = thread;
        this.deadline = deadline;
        this.onBlocked = onBlocked;
        long period = Math.max(1, deadline.toNanos() / LOOKS_PER_DEADLINE);
        this.looks = TIMER.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** Watches the calling thread until closed. */
    static BlockedChannelWatch start(Duration deadline, Consumer<String> onBlocked) {
        return new BlockedChannelWatch(Thread.currentThread(), deadline, onBlocked);
    }

    private synchronized void look() {
        if (fired) {
            return;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        @Nullable StackTraceElement call = blockingCall(stack);
        long used = processorTime();
        if (call == null || used != usedThen) {
            usedThen = call == null ? -1 : used;
            blockedSince = System.nanoTime();
            return;
        }
        if (System.nanoTime() - blockedSince >= deadline.toNanos()) {
            fired = true;
            onBlocked.accept("the test's thread was blocked in " + name(call) + " for "
                    + Durations.format(deadline) + ", at " + caller(stack)
                    + ", and was interrupted, which closed the channel");
            thread.interrupt();
        }
    }

    private long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.getId()) : 0;
    }

    private static @Nullable StackTraceElement blockingCall(StackTraceElement[] stack) {
        @Nullable StackTraceElement outermost = null;
        for (StackTraceElement frame : stack) {
            if (frame.getClassName()
                    .matches("sun\\.nio\\.ch\\.(Server)?SocketChannelImpl|sun\\.nio\\.ch\\.PendingFuture")) {
                outermost = frame;
            } else if (!frame.getClassName().startsWith("sun.nio.ch.")
                    && !frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                break;
            }
        }
        return outermost;
    }

    private static String name(StackTraceElement call) {
        return call.getClassName().endsWith("PendingFuture")
                ? "the Future of an asynchronous channel"
                : call.getClassName().replaceAll(".*\\.(\\w+)Impl", "$1") + "." + call.getMethodName() + "()";
    }

    private static String caller(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().matches("(sun|java|jdk)\\..*"))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown place");
    }

    /** Stops watching; the interrupt was for the call, not for what the thread does next. */
    @Override
    public synchronized void close() {
        looks.cancel(false);
        if (fired) {
            Thread.interrupted();
        }
        fired = true;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread watcher = new Thread(null, task, Workers.THREAD_NAME_PREFIX + "watch", 0, false);
            watcher.setDaemon(true);
            return watcher;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
