package org.junitsockets.connection;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junitsockets.transcript.Mask;

/** How much went one way, and how it began. */
final class Traffic {

    private static final int KEPT = 64;

    private byte[] head = new byte[0];
    private long total;

    /** Counts the bytes between the given position and the buffer's own. */
    synchronized void add(ByteBuffer buffer, int from) {
        int count = buffer.position() - from;
        if (total < KEPT) {
            int kept = (int) Math.min(KEPT - total, count);
            head = Arrays.copyOf(head, head.length + kept);
            buffer.get(from, head, head.length - kept, kept);
        }
        total += count;
    }

    synchronized long total() {
        return total;
    }

    synchronized String describe(Mask mask) {
        return mask.describe(head, total);
    }
}
