package org.junitsockets.certificates;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junitsockets.spi.ConnectionEndpoint;

/**
 * Two ends in memory that take and give a slice at a time, and not each time they are asked; what is on
 * its way has little room.
 */
final class FakePair {

    final End client;
    final End server;

    /** Returns a pair that slices so, with room for so much in each direction. */
    FakePair(int slice, int room) {
        Way toServer = new Way(room);
        Way toClient = new Way(room);
        client = new End(toClient, toServer, slice);
        server = new End(toServer, toClient, slice);
    }

    private static final class Way {
        final Deque<Byte> bytes = new ArrayDeque<>();
        int room;
        boolean ended;
        boolean reset;
        boolean flooded;

        Way(int room) {
            this.room = room;
        }
    }

    static final class End implements ConnectionEndpoint {

        private final Way in;
        private final Way out;
        private final int slice;
        private boolean readable;
        private boolean writable;
        private long written;

        private End(Way in, Way out, int slice) {
            this.in = in;
            this.out = out;
            this.slice = slice;
        }

        /** From here on, what it sends has so much room. */
        void room(int room) {
            out.room = room;
        }

        /** From here on, it sends without a pause. */
        void flood() {
            out.flooded = true;
        }

        long written() {
            return written;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (in.reset) {
                throw new SocketException("Connection reset");
            }
            if (in.flooded) {
                int count = target.remaining();
                target.put(new byte[count]);
                return count;
            }
            readable = !readable;
            if (in.bytes.isEmpty()) {
                return in.ended ? END : UNAVAILABLE;
            }
            if (!readable) {
                return UNAVAILABLE;
            }
            int count = Math.min(Math.min(slice, target.remaining()), in.bytes.size());
            for (int i = 0; i < count; i++) {
                target.put(in.bytes.remove());
            }
            return count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (out.reset) {
                throw new SocketException("Connection reset");
            }
            if (out.ended) {
                throw new ClosedChannelException();
            }
            writable = !writable;
            int count = Math.min(Math.min(slice, source.remaining()), out.room - out.bytes.size());
            if (count <= 0 || !writable) {
                return UNAVAILABLE;
            }
            for (int i = 0; i < count; i++) {
                out.bytes.add(source.get());
            }
            written += count;
            return count;
        }

        @Override
        public void shutdownOutput() {
            out.ended = true;
        }

        @Override
        public void reset() {
            out.reset = true;
            in.reset = true;
        }

        @Override
        public void close() {
            out.ended = true;
        }

        @Override
        public boolean finishConnect() {
            return true;
        }

        @Override
        public SocketAddress localAddress() {
            return new InetSocketAddress(0);
        }

        @Override
        public SocketAddress remoteAddress() {
            return new InetSocketAddress(0);
        }
    }
}
