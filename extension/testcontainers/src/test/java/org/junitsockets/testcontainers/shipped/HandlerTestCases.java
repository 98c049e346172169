package org.junitsockets.testcontainers.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;

/** Handlers that an agent does not know. */
final class HandlerTestCases {

    private HandlerTestCases() {}

    /** Says in which process it runs. */
    static final class Pid implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write(ProcessHandle.current().pid() + "\n");
        }
    }

    /** Needs a record, an enum, lambdas, nested and anonymous classes, and a resource. */
    private static final class Needy implements ConnectionHandler {

        private record Word(String text, Tone tone) {
            String said() {
                return tone.of.apply(text);
            }
        }

        private enum Tone {
            LOUD(text -> text.toUpperCase(Locale.ROOT)),
            QUIET(text -> text.toLowerCase(Locale.ROOT)) {
                @Override
                public String toString() {
                    return "hush";
                }
            };

            @SuppressWarnings("ImmutableEnumChecker") // these are
            private final UnaryOperator<String> of;

            Tone(UnaryOperator<String> of) {
                this.of = of;
            }
        }

        @Override
        public void handle(SocketConnection peer) throws IOException {
            Object anonymous = new Object() {
                @Override
                public String toString() {
                    return "anonymous";
                }
            };
            String name = "greeting.txt";
            try (InputStream resource = HandlerTestCases.class.getResourceAsStream(name)) {
                peer.write(new Word("Loud", Tone.LOUD).said() + " " + new Word("QUIET", Tone.QUIET).said() + " "
                        + Tone.QUIET + " " + anonymous + " " + getClass().getPackageName() + " "
                        + HandlerTestCases.class.getResourceAsStream("absent.txt") + " "
                        + Thread.currentThread().getContextClassLoader().getName() + " "
                        + new String(resource.readAllBytes(), UTF_8));
            }
        }
    }

    /** Needs a class that is nowhere. */
    static final class Lost implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) throws Exception {
            Class.forName("org.junitsockets.nowhere.Missing");
        }
    }

    static final class Asserting implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.readLine();
            throw new AssertionError("expected: <1> but was: <2>");
        }
    }

    static final class Io implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) throws IOException {
            peer.readLine();
            EOFException thrown = new EOFException("the file is short");
            thrown.addSuppressed(new IllegalStateException("and broken"));
            throw thrown;
        }
    }

    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OwnException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static final class Own implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.readLine();
            throw new OwnException("of my own", new IOException("because of that"));
        }
    }

    /** Expects a line that does not come. */
    static final class Late implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write("go on\n");
            peer.deadline(Duration.ofMillis(100)).expectLine("hello");
        }
    }

    /** Waits for a line, which is no failure of a handler where none comes. */
    static final class Idle implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            try {
                peer.deadline(Duration.ofMillis(100)).readLine();
            } finally {
                peer.deadline(Duration.ofSeconds(5)); // also that of what follows its return
            }
        }
    }

    static final class Checked implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.checkpoint("greeted").write("hello\n");
            String line = peer.readLine();
            peer.checkpoint("asked for " + line).write("yes\n");
        }
    }

    /** Speaks, ends its output, and reads on. */
    static final class HalfClosing implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write("all\n").shutdownOutput();
            peer.checkpoint(peer.readToEnd().length + " bytes");
        }
    }

    static final class Resetting implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.expectLine("PING");
            peer.write("half an answ").rst();
        }
    }

    static final class Finishing implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.expectLine("PING").checkpoint("asked").write("PONG\n").fin();
        }
    }

    static final class Greeting implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write("220 ready\r\n").holdOpen();
        }
    }

    /** Has something to say once the test is over. */
    static final class OutlastingTheTest implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write("220 ready\r\n").holdOpen();
            throw new AssertionError("held open to the end");
        }
    }

    /** Gives each connection another number. */
    static final class Counting implements ConnectionHandler {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void handle(SocketConnection peer) {
            peer.write(count.incrementAndGet() + "\n");
        }
    }

    /** Waits for what is no I/O. */
    static final class Stuck implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) throws InterruptedException {
            peer.write("stuck\n");
            new CountDownLatch(1).await();
        }
    }

    /** Looks at an interrupt and goes on. */
    static final class Deaf implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.write("deaf\n");
            CountDownLatch never = new CountDownLatch(1);
            while (true) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // goes on
                }
            }
        }
    }

    /** Works on what came for a while, without any I/O. */
    static final class Thinking implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.readLine();
            long end = System.nanoTime() + 300_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            throw new AssertionError("thought about it");
        }
    }

    /** Writes without end, a lot at once. */
    static final class Flooding implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            byte[] much = new byte[1024 * 1024];
            while (true) {
                peer.write(much);
            }
        }
    }

    /** The same by a deadline, and tells when that has passed. */
    static final class FloodingInTime implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            byte[] much = new byte[1024 * 1024];
            peer.deadline(Duration.ofMillis(500));
            try {
                while (true) {
                    peer.write(much);
                }
            } catch (AssertionError e) {
                peer.checkpoint("late");
                throw e;
            }
        }
    }

    static final class Wordless extends IOException {
        private static final long serialVersionUID = 1L;
    }

    static final class Wrapping implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {
            peer.readLine();
            throw new UncheckedIOException("wrapped", new Wordless());
        }
    }

    /** Each instance needs one of this class. */
    @SuppressWarnings("ClassCanBeStatic")
    final class Inner implements ConnectionHandler {
        @Override
        public void handle(SocketConnection peer) {}
    }

    static final class Parameterised implements ConnectionHandler {
        Parameterised(String text) {
            Objects.requireNonNull(text);
        }

        @Override
        public void handle(SocketConnection peer) {}
    }

    abstract static class Abstract implements ConnectionHandler {}

    /** For those who cannot name it. */
    static Class<? extends ConnectionHandler> needy() {
        return Needy.class;
    }
}
