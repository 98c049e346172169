package org.junitsockets.conformance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** Pairs of datagram channels, each with one flaw. */
final class BrokenMessages {

    private BrokenMessages() {}

    /** What all of them are without their flaw. */
    abstract static class BrokenTestCases extends DatagramChannelTestCases {

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(3);
        }

        @Override
        protected Listener listen() throws IOException {
            return new ForwardingListener(super.listen()) {
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

        abstract End broken(End end);
    }

    static class MergesMessages extends BrokenTestCases {
        @Override
        End broken(End end) {
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    int count = super.read(into, timeout);
                    byte[] rest = new byte[into.length - count];
                    if (rest.length == 0) {
                        return count;
                    }
                    try {
                        int more = super.read(rest, Duration.ZERO);
                        System.arraycopy(rest, 0, into, count, more);
                        return count + more;
                    } catch (SocketTimeoutException e) {
                        return count;
                    }
                }
            };
        }
    }

    static class KeepsTheRestForTheNextRead extends BrokenTestCases {
        @Override
        End broken(End end) {
            AtomicReference<byte[]> kept = new AtomicReference<>(new byte[0]);
            return new ForwardingEnd(end) {
                @Override
                public int read(byte[] into, Duration timeout) throws IOException {
                    byte[] message = kept.getAndSet(new byte[0]);
                    if (message.length == 0) {
                        byte[] all = new byte[2000];
                        message = Arrays.copyOf(all, super.read(all, timeout));
                    }
                    int count = Math.min(message.length, into.length);
                    System.arraycopy(message, 0, into, 0, count);
                    kept.set(Arrays.copyOfRange(message, count, message.length));
                    return count;
                }
            };
        }
    }

    /** Its clients are not connected, so that they take what anybody sends. */
    static class TakesAnybodysMessages extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            return new ForwardingListener(super.listen()) {
                @Override
                public End connect() throws IOException {
                    return new Unconnected(address());
                }
            };
        }

        @Override
        End broken(End end) {
            return end;
        }
    }

    private static final class Unconnected implements End {

        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final SocketAddress remote;
        private final SocketAddress local = socket.getLocalSocketAddress();

        Unconnected(SocketAddress remote) throws IOException {
            this.remote = remote;
        }

        @Override
        public int read(byte[] into, Duration timeout) throws IOException {
            socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            DatagramPacket packet = new DatagramPacket(into, into.length);
            socket.receive(packet);
            return packet.getLength();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, remote));
        }

        @Override
        public SocketAddress localAddress() {
            return local;
        }

        @Override
        public SocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
