package org.junitsockets.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The messages that have come and that nobody has begun to read; whoever reads holds the input's lock. */
final class Messages {

    /** More than any datagram has. */
    private static final int LONGEST = 64 * 1024;

    /** What a message costs besides its bytes, so that many without any are bounded too. */
    private static final int COST = 64;

    /** One of them. */
    static final class Arrived {

        private final byte[] bytes;
        private final int length;
        private final long sequence;

        private Arrived(byte[] bytes, int length, long sequence) {
            this.bytes = bytes;
            this.length = length;
            this.sequence = sequence;
        }

        /** What came of it; not a copy. */
        byte[] bytes() {
            return bytes;
        }

        /** How long it was when it came. */
        int length() {
            return length;
        }

        /** Where it stands among all that came to the same server. */
        long sequence() {
            return sequence;
        }
    }

    private final Deque<Arrived> waiting = new ArrayDeque<>();
    private final ByteBuffer space = ByteBuffer.allocate(LONGEST);
    private int cost;

    /** Room for one more. */
    ByteBuffer space() {
        return space.clear();
    }

    /** Takes what is in the {@link #space()}. */
    void add(int length, long sequence) {
        byte[] bytes = Arrays.copyOf(space.array(), space.position());
        waiting.add(new Arrived(bytes, Math.max(bytes.length, length), sequence));
        cost += COST + bytes.length;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Arrived take() {
        Arrived first = waiting.remove();
        cost -= COST + first.bytes().length;
        return first;
    }

    /** Where the next one stands among all. */
    long nextSequence() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().sequence();
    }

    /** How much memory they take, about. */
    int cost() {
        return cost;
    }
}
