package org.junitsockets.verdict;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.connection.Connection;
import org.junitsockets.spec.Declaration;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.work.Workers;

/** Several clients that do the same at the same time, each on a thread of the pool. */
final class Together {

    private final List<Task> tasks;
    private final ConnectionHandler each;
    private final Declaration place;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch ended;

    /**
     * Takes over connections, which it will close.
     *
     * @param place where the user asked for it
     */
    Together(List<Connection> clients, ConnectionHandler each, Declaration place) {
        this.tasks = clients.stream().map(Task::new).toList();
        this.each = each;
        this.place = place;
        this.ready = new CountDownLatch(tasks.size());
        this.ended = new CountDownLatch(tasks.size());
    }

    /** Lets them go, waits for all, and fails if one does. */
    void run(Deadline until) {
        try {
            tasks.forEach(Workers::run);
            if (ready.await(until.remainingNanos(), TimeUnit.NANOSECONDS)) {
                go.countDown();
                ended.await(until.remainingNanos(), TimeUnit.NANOSECONDS);
            }
            tasks.forEach(task -> task.callOff(until));
            ended.await(until.allowed().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the thread was interrupted");
            interrupted.initCause(e);
            throw new UncheckedIOException("running " + clients() + ": " + interrupted.getMessage(), interrupted);
        } finally {
            tasks.forEach(task -> task.callOff(until)); // those that are left if it did not come to its end
        }
        judge(until);
    }

    private void judge(Deadline until) {
        List<Task> failed =
                tasks.stream().filter(task -> task.failure(until) != null).toList();
        if (failed.isEmpty()) {
            return;
        }
        AssertionError error = new AssertionError(failed.size() + " of " + clients() + " failed:"
                + failed.stream()
                        .map(task -> "\n  client " + task.client.number() + ": " + task.failure(until))
                        .collect(Collectors.joining()));
        failed.stream().map(Task::thrown).filter(Objects::nonNull).forEach(error::addSuppressed);
        throw error;
    }

    private String clients() {
        return tasks.size() + " clients (run at " + place + ")";
    }

    /** One client at work. */
    private final class Task implements Runnable {

        private final Connection client;
        private @Nullable Thread thread;
        private @Nullable Throwable thrown;
        private @Nullable String unfinished;
        private boolean done;

        Task(Connection client) {
            this.client = client;
        }

        @Override
        public void run() {
            end(work());
            ended.countDown();
        }

        private @Nullable Throwable work() {
            try (client) {
                if (begin()) {
                    ready.countDown();
                    go.await();
                    each.handle(client);
                }
                return null;
            } catch (Throwable e) { // an AssertionError above all: whatever it is, the caller is told
                return e;
            }
        }

        private synchronized boolean begin() {
            thread = Thread.currentThread();
            return unfinished == null;
        }

        private synchronized void end(@Nullable Throwable failure) {
            thread = null;
            thrown = failure;
            done = true;
        }

        /** Ends it if it has not ended: remembers what it was at, closes its connection, interrupts it. */
        void callOff(Deadline until) {
            synchronized (this) {
                if (done || unfinished != null) {
                    return;
                }
                unfinished = "not finished within " + Durations.format(until.allowed()) + ": " + whereItIs();
                if (thread != null) {
                    thread.interrupt();
                }
            }
            client.cut("the end of run()");
        }

        private String whereItIs() {
            @Nullable String call = client.waitingIn();
            return call == null ? "it is at" + stack() : "it waits in " + call;
        }

        private String stack() {
            return thread == null
                    ? " its beginning"
                    : Stream.of(thread.getStackTrace())
                            .limit(12)
                            .map(frame -> "\n    " + frame)
                            .collect(Collectors.joining());
        }

        synchronized @Nullable String failure(Deadline until) {
            if (unfinished != null) {
                return done
                        ? unfinished
                        : unfinished + "\n    its connection was closed, its thread was interrupted, and "
                                + Durations.format(until.allowed()) + " later it is still running" + stack();
            }
            if (thrown == null) {
                return null;
            }
            return thrown instanceof AssertionError ? thrown.getMessage() : thrown.toString();
        }

        synchronized @Nullable Throwable thrown() {
            return unfinished == null ? thrown : null;
        }
    }
}
