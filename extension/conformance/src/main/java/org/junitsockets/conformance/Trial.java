package org.junitsockets.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.opentest4j.TestAbortedException;

/** One test of one point: opens what it needs from what is under test, and closes all of it. */
final class Trial {

    static final String CLIENT = "the client's end";
    static final String SERVER = "the server's end";

    /** What a point does. */
    interface Point {
        void examine(Trial trial) throws Exception;
    }

    /** An operation of what is under test. */
    interface Operation<T> {
        T go() throws IOException;
    }

    /** What is closed at the end, the clients first. */
    private interface Opened {
        void closeIfOpen() throws IOException;
    }

    private final SocketConformance subject;
    private final Set<Capability> capabilities;
    private final Duration patience;
    private final Deque<Opened> clients = new ArrayDeque<>();
    private final Deque<Opened> others = new ArrayDeque<>();

    private Trial(SocketConformance subject) {
        this.subject = subject;
        this.capabilities = subject.capabilities();
        this.patience = subject.patience();
    }

    static void run(SocketConformance subject, Point point) throws Exception {
        Trial trial = new Trial(subject);
        Throwable failure = trial.failureOf("the test", () -> {
            point.examine(trial);
            return true;
        });
        Throwable afterwards = trial.failureOf("closing what the test had opened", () -> {
            trial.close();
            return true;
        });
        if (failure == null) {
            failure = afterwards;
        } else if (afterwards != null && !(failure instanceof TestAbortedException)) {
            failure.addSuppressed(afterwards);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
    }

    private @Nullable Throwable failureOf(String what, Callable<?> work) {
        Call<?> call = Call.start(what, work);
        // What it does itself has a timeout of that length at most, and is to end by that and not by this.
        Throwable thrown = call.thrown(patience.multipliedBy(2));
        if (thrown == null || thrown instanceof Error || thrown instanceof TestAbortedException) {
            return thrown;
        }
        return new AssertionError(call.lastStep() + " failed: " + thrown, thrown);
    }

    private void close() throws IOException {
        while (true) {
            Opened next;
            synchronized (this) {
                next = clients.isEmpty() ? others.poll() : clients.poll();
            }
            if (next == null) {
                return;
            }
            next.closeIfOpen();
        }
    }

    Duration patience() {
        return patience;
    }

    /** A timeout that is not to run out within a test. */
    Duration farAhead() {
        return Duration.ofHours(1);
    }

    boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Skips the test if what is under test does not promise that. */
    void needs(Capability capability) {
        if (!has(capability)) {
            throw new TestAbortedException("what is under test does not promise " + capability.words());
        }
    }

    void skipUnless(boolean condition, String reason) {
        if (!condition) {
            throw new TestAbortedException(reason);
        }
    }

    /** Does something that belongs to these capabilities, or to none and may be lacking. */
    <T> T io(String step, Operation<T> operation, Capability... promising) throws IOException {
        try {
            return Call.step(step, operation::go);
        } catch (IOException | RuntimeException e) {
            if (e instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            if (e instanceof UnsupportedOperationException unsupported) {
                throw lacking(step, unsupported, promising);
            }
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e); // an operation throws no other
        }
    }

    private RuntimeException lacking(String step, UnsupportedOperationException lacking, Capability... promising) {
        for (Capability capability : promising) {
            if (has(capability)) {
                throw new AssertionError(
                        step + ": found that it is not supported, \"" + lacking.getMessage()
                                + "\" (expected: it to be, as " + capability.words() + " is promised)",
                        lacking);
            }
        }
        return new TestAbortedException(step + " is not supported: " + lacking.getMessage(), lacking);
    }

    /** Asks what is under test for something that belongs to these capabilities, or to none and may be lacking. */
    <T> T ask(String step, Call.Step<T> hook, Capability... promising) throws Exception {
        try {
            return Call.step(step, hook);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (UnsupportedOperationException e) {
            throw lacking(step, e, promising);
        }
    }

    SocketConformance subject() {
        return subject;
    }

    Listener listen() throws Exception {
        return guard(ask("listen()", subject::listen));
    }

    EndPair pair() throws Exception {
        return pair(listen());
    }

    EndPair pair(Listener listener) throws Exception {
        EndPair pair = ask("pair(the listener)", () -> subject.pair(listener));
        EndPair guarded = new EndPair(guard(pair.client(), CLIENT), guard(pair.server(), SERVER));
        handshake(guarded);
        return guarded;
    }

    void handshake(EndPair pair) throws Exception {
        Call<?> server = start("the server's handshake", () -> {
            pair.server().handshake();
            return true;
        });
        pair.client().handshake();
        server.get(patience);
    }

    End guard(End end, String name) {
        if (end instanceof GuardedEnd) {
            return end;
        }
        GuardedEnd guarded = new GuardedEnd(end, name, this);
        synchronized (this) {
            (name.equals(CLIENT) ? clients : others).addFirst(guarded::closeIfOpen);
        }
        return guarded;
    }

    Listener guard(Listener listener) {
        GuardedListener guarded = new GuardedListener(listener, this);
        synchronized (this) {
            others.addLast(guarded::closeIfOpen);
        }
        return guarded;
    }

    <T> Call<T> start(String what, Callable<T> work) {
        return Call.start(what, work);
    }

    /** Ends what an end sends: by a half-close where there is one. */
    void endOutput(End end) throws IOException {
        if (has(Capability.HALF_CLOSE)) {
            end.shutdownOutput();
        } else {
            end.close();
        }
    }
}
