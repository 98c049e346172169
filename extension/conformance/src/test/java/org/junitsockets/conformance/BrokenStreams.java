package org.junitsockets.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junitsockets.Capability;

/** Pairs of stream channels, each with one flaw. */
final class BrokenStreams {

    private static final Duration NEAR = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofHours(1);

    private BrokenStreams() {}

    /** What all of them are without their flaw. */
    abstract static class BrokenTestCases extends SocketChannelTestCases {

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(3);
        }

        @Override
        protected Listener listen() throws IOException {
            return broken(super.listen());
        }

        Listener broken(Listener listener) {
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    return broken(super.accept(timeout));
                }

                @Override
                public End connect() throws IOException {
                    return broken(super.connect());
                }
            };
        }

        End broken(End end) {
            return end;
        }
    }

    static class CutsALongWrite extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    super.write(bytes.length > 1_000_000 ? Arrays.copyOf(bytes, 1_000_000) : bytes);
                }
            };
        }
    }

    static class FallsSilentAfter500ShortWrites extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicInteger count = new AtomicInteger();
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    if (bytes.length > 2 || count.incrementAndGet() <= 500) {
                        super.write(bytes);
                    }
                }
            };
        }
    }

    static class TakesAPastDeadlineForNone extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    return super.read(into, timeout.isNegative() || timeout.isZero() ? NEVER : timeout);
                }
            };
        }
    }

    static class IgnoresNearDeadlines extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    return super.read(into, isNear(timeout) ? NEVER : timeout);
                }
            };
        }
    }

    static class ClosesWhenAReadRanOut extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    try {
                        return super.read(into, timeout);
                    } catch (SocketTimeoutException e) {
                        if (isNear(timeout)) {
                            close();
                        }
                        throw e;
                    }
                }
            };
        }
    }

    static class OverflowsAtFarDeadlines extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    return super.read(into, timeout.compareTo(NEVER) > 0 ? Duration.ZERO : timeout);
                }
            };
        }
    }

    static class IgnoresDeadlinesOfWrites extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes, Duration timeout) throws IOException {
                    super.write(bytes);
                }
            };
        }
    }

    /** Closes only when those are gone whom it should have woken. */
    private static class ClosesLater extends ForwardingEnd {

        private int inside;
        private boolean closed;

        ClosesLater(End to) {
            super(to);
        }

        synchronized void enter() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            inside++;
        }

        void leave() throws IOException {
            synchronized (this) {
                inside--;
            }
            closeIfLast();
        }

        @Override
        public void close() throws IOException {
            synchronized (this) {
                closed = true;
            }
            closeIfLast();
        }

        private void closeIfLast() throws IOException {
            synchronized (this) {
                if (!closed || inside > 0) {
                    return;
                }
            }
            to.close();
        }
    }

    static class CloseLeavesReaders extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ClosesLater(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    enter();
                    try {
                        return super.read(into, timeout);
                    } finally {
                        leave();
                    }
                }
            };
        }
    }

    static class CloseLeavesWriters extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ClosesLater(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    enter();
                    try {
                        super.write(bytes);
                    } finally {
                        leave();
                    }
                }
            };
        }
    }

    static class CloseLeavesAcceptors extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            return new ForwardingListener(listener) {
                private final AtomicInteger inside = new AtomicInteger();
                private final CountDownLatch left = new CountDownLatch(1);

                @Override
                public End accept(Duration timeout) throws IOException {
                    inside.incrementAndGet();
                    try {
                        return super.accept(timeout);
                    } finally {
                        inside.decrementAndGet();
                    }
                }

                @Override
                public void close() throws IOException {
                    if (inside.get() == 0) {
                        super.close();
                        return;
                    }
                    Thread later = new Thread(() -> {
                        try {
                            left.await(6, TimeUnit.SECONDS); // so that nothing is left for ever
                            to.close();
                        } catch (InterruptedException | IOException e) {
                            throw new AssertionError(e);
                        }
                    });
                    later.setDaemon(true);
                    later.start();
                }
            };
        }
    }

    static class LosesAWriteThatMeetsAnother extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicInteger inside = new AtomicInteger();
            AtomicBoolean lost = new AtomicBoolean();
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    try {
                        if (inside.incrementAndGet() == 1 || !lost.compareAndSet(false, true)) {
                            super.write(bytes);
                        }
                    } finally {
                        inside.decrementAndGet();
                    }
                }
            };
        }
    }

    static class SecondCloseThrows extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicBoolean closed = new AtomicBoolean();
            return new ForwardingEnd(end) {
                @Override
                public void close() throws IOException {
                    if (!closed.compareAndSet(false, true)) {
                        throw new IllegalStateException("closed already");
                    }
                    super.close();
                }
            };
        }
    }

    static class HalfCloseIsAFullOne extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void shutdownOutput() throws IOException {
                    super.close();
                }
            };
        }
    }

    static class PromisesAHalfClose extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void shutdownOutput() {
                    throw new UnsupportedOperationException("relays pass no FIN on");
                }
            };
        }
    }

    static class ForgetsTheEnd extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicInteger ends = new AtomicInteger();
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    int count = super.read(into, timeout);
                    if (count < 0 && ends.incrementAndGet() > 2) {
                        throw new SocketTimeoutException("nothing came");
                    }
                    return count;
                }
            };
        }
    }

    static class ResetIsAnEnd extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void reset() throws IOException {
                    super.close();
                }
            };
        }
    }

    static class ResetShowsOnce extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicBoolean shown = new AtomicBoolean();
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    try {
                        return super.read(into, timeout);
                    } catch (SocketTimeoutException e) {
                        throw e;
                    } catch (IOException e) {
                        if (shown.compareAndSet(false, true)) {
                            throw e;
                        }
                        return -1;
                    }
                }
            };
        }
    }

    static class LosesTheTenthChunk extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicInteger chunks = new AtomicInteger();
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    boolean data = bytes.length == 65_536 && bytes[0] != bytes[1]; // not what only fills buffers
                    if (!data || chunks.incrementAndGet() != 10) {
                        super.write(bytes);
                    }
                }
            };
        }
    }

    static class DropsWhatIsNotTakenAtOnce extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    if (bytes.length != 65_536) {
                        super.write(bytes);
                        return;
                    }
                    try {
                        super.write(bytes, Duration.ZERO);
                    } catch (SocketTimeoutException e) {
                        return; // as if it had been sent
                    }
                }
            };
        }
    }

    static class ReadsOfOneByteLoseTheNext extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    if (into.length > 1) {
                        return super.read(into, timeout);
                    }
                    byte[] two = new byte[2];
                    int count = super.read(two, timeout);
                    into[0] = two[0];
                    return Math.min(count, 1);
                }
            };
        }
    }

    static class ReadsNothing extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    return into.length == 16 ? 0 : super.read(into, timeout);
                }
            };
        }
    }

    static class AcceptsOnlyWhoIsThereAlready extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            CountDownLatch closed = new CountDownLatch(1);
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    if (isNear(timeout) || timeout.isZero()) {
                        return super.accept(timeout);
                    }
                    try {
                        return super.accept(Duration.ZERO);
                    } catch (SocketTimeoutException e) {
                        try {
                            closed.await();
                        } catch (InterruptedException interrupted) {
                            throw new AssertionError(interrupted);
                        }
                        throw new ClosedChannelException();
                    }
                }

                @Override
                public void close() throws IOException {
                    closed.countDown();
                    super.close();
                }
            };
        }
    }

    static class IgnoresDeadlinesOfAccepts extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    return super.accept(isNear(timeout) ? NEVER : timeout);
                }
            };
        }
    }

    static class WaitsThoughClosed extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            AtomicBoolean closed = new AtomicBoolean();
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    if (closed.get()) {
                        throw new SocketTimeoutException("nobody came");
                    }
                    return super.accept(timeout);
                }

                @Override
                public void close() throws IOException {
                    closed.set(true);
                    super.close();
                }
            };
        }
    }

    static class TellsAnotherLocalAddress extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    return new ForwardingEnd(super.accept(timeout)) {
                        @Override
                        public SocketAddress localAddress() {
                            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
                        }
                    };
                }
            };
        }
    }

    static class TellsTheSecondClientForTheThird extends BrokenTestCases {
        @Override
        Listener broken(Listener listener) {
            List<SocketAddress> remotes = new ArrayList<>();
            return new ForwardingListener(listener) {
                @Override
                public End accept(Duration timeout) throws IOException {
                    End end = super.accept(timeout);
                    remotes.add(end.remoteAddress());
                    return remotes.size() < 3
                            ? end
                            : new ForwardingEnd(end) {
                                @Override
                                public SocketAddress remoteAddress() {
                                    return remotes.get(1);
                                }
                            };
                }
            };
        }
    }

    static class PairsWithAnyone extends BrokenTestCases {
        @Override
        protected EndPair pair(Listener listener) throws IOException {
            return new EndPair(listener.connect(), listener.accept(patience()));
        }
    }

    static class ListensEverywhere extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            return listen("0.0.0.0");
        }
    }

    static class ConnectsOverIpv4 extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            ServerSocketChannel channel = ports.serverChannel("::");
            int port = channel.socket().getLocalPort();
            return new ForwardingListener(Listener.of(channel)) {
                @Override
                public SocketAddress address() throws IOException {
                    byte[] one = new byte[16];
                    one[15] = 1;
                    return new InetSocketAddress(InetAddress.getByAddress(one), port);
                }

                @Override
                public End connect() throws IOException {
                    return End.of(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                }
            };
        }
    }

    static class LetsTheSystemChooseThePort extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            return Listener.of(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }
    }

    /** With a reader and a writer, each of which it waits for. */
    static class CloseWaitsForBoth extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicInteger readers = new AtomicInteger();
            AtomicInteger writers = new AtomicInteger();
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    readers.incrementAndGet();
                    try {
                        return super.read(into, timeout);
                    } finally {
                        readers.decrementAndGet();
                    }
                }

                @Override
                public void write(byte[] bytes) throws IOException {
                    writers.incrementAndGet();
                    try {
                        super.write(bytes);
                    } finally {
                        writers.decrementAndGet();
                    }
                }

                @Override
                public void close() throws IOException {
                    while (readers.get() > 0 && writers.get() > 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    super.close();
                }
            };
        }
    }

    static class TeardownWaitsForWork extends BrokenTestCases {
        @Override
        protected AutoCloseable runOnItsOwnThread(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
            return thread::join;
        }
    }

    static class TeardownSaysNothing extends BrokenTestCases {
        @Override
        protected AutoCloseable runOnItsOwnThread(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
            return thread::interrupt;
        }
    }

    static class IgnoresTheSeed extends BrokenTestCases {
        @Override
        protected List<?> schedule(long seed) {
            return new Random().ints(10).boxed().toList();
        }
    }

    static class HasOneScheduleForAll extends BrokenTestCases {
        @Override
        protected List<?> schedule(long seed) {
            return List.of("drop", "pass");
        }
    }

    static class HasNoSchedule extends BrokenTestCases {
        @Override
        protected List<?> schedule(long seed) {
            return List.of();
        }
    }

    /** Promises TLS and shows none of it. */
    static class PromisesTls extends BrokenTestCases {
        @Override
        protected Set<Capability> capabilities() {
            Set<Capability> all = EnumSet.copyOf(super.capabilities());
            all.add(Capability.TLS);
            return all;
        }
    }

    private static boolean isNear(Duration timeout) {
        return timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(NEAR) < 0;
    }
}
