package org.junitsockets.jupiter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitsockets.time.Durations;
import org.junitsockets.work.Workers;

/**
 * Ends a raw channel call that blocks a test for longer than the deadline: unlike a {@code Socket},
 * a channel has no timeout, but an interrupt closes it. A wait for an asynchronous channel's Future
 * or for a Selector is ended alike, and closes nothing.
 *
 * <p>A thread is taken to be in one and the same call if it is found in a blocking channel operation
 * time after time and has used no processor time in between.
 */
final class BlockedChannelWatch implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final int LOOKS_PER_DEADLINE = 4;

    private static final Pattern BLOCKING =
            Pattern.compile("sun\\.nio\\.ch\\.((Server)?SocketChannelImpl|PendingFuture|SelectorImpl)");

    private final Thread thread;
    private final Duration deadline;
    private final Consumer<String> onBlocked;
    private final ScheduledFuture<?> looks;
    private long blockedSince;
    private long usedThen = -1;
    private boolean fired;
    private boolean closed;

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
        if (closed) {
            return;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        @Nullable StackTraceElement call = blockingCall(stack);
        long used = processorTime();
        if (call == null || used != usedThen) {
            usedThen = call == null ? -1 : used;
            blockedSince = System.nanoTime();
        } else if (System.nanoTime() - blockedSince >= deadline.toNanos()) {
            blockedSince = System.nanoTime(); // the next call may block too
            fired = true;
            onBlocked.accept("the test's thread was blocked in " + name(call) + " for " + Durations.format(deadline)
                    + ", at " + caller(stack) + ", and was interrupted");
            thread.interrupt();
        }
    }

    private long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.getId()) : 0;
    }

    /** The channel operation that it is in, if it is the test's own: ours end by themselves. */
    private static @Nullable StackTraceElement blockingCall(StackTraceElement[] stack) {
        @Nullable StackTraceElement outermost = null;
        for (StackTraceElement frame : stack) {
            if (BLOCKING.matcher(frame.getClassName()).matches()) {
                outermost = frame;
            } else if (!isOfTheJdk(frame)) {
                return frame.getClassName().startsWith("org.junitsockets.connection.") ? null : outermost;
            }
        }
        return outermost;
    }

    private static boolean isOfTheJdk(StackTraceElement frame) {
        return frame.getClassName().matches("(sun|java|jdk)\\..*");
    }

    private static String name(StackTraceElement call) {
        return switch (call.getClassName()) {
            case "sun.nio.ch.PendingFuture" -> "the Future of an asynchronous channel";
            case "sun.nio.ch.SelectorImpl" -> "Selector.select()";
            default -> call.getClassName().replaceAll(".*\\.(\\w+)Impl", "$1") + "." + call.getMethodName() + "()";
        };
    }

    private static String caller(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !isOfTheJdk(frame))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown place");
    }

    /** Stops watching; the interrupt was for the call, not for what the thread does next. */
    @Override
    public synchronized void close() {
        closed = true;
        looks.cancel(false);
        if (fired) {
            Thread.interrupted();
        }
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
