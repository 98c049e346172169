package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** Bytes of which each says where it belongs, and reads that check them. */
final class Bytes {

    private static final int BUFFER = 64 * 1024;

    private Bytes() {}

    /** Does not repeat within less than 2^24 bytes, so that one that is lost or moved shows at once. */
    static byte at(long offset) {
        return (byte) (offset * 31 + (offset >>> 8) * 17 + (offset >>> 16) * 13);
    }

    static byte[] of(long offset, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = at(offset + i);
        }
        return bytes;
    }

    static String count(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    static void check(End from, long offset, byte[] found, int count) {
        for (int i = 0; i < count; i++) {
            if (found[i] != at(offset + i)) {
                throw new AssertionError(String.format(
                        "byte %d that came to %s: found 0x%02x (expected: 0x%02x)",
                        offset + i, from, found[i], at(offset + i)));
            }
        }
    }

    /** Reads until the end of the stream, which has to come after so many bytes, of those from 0 on. */
    static void expectToEnd(Trial trial, End end, long expected) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        while (true) {
            int count = read(trial, end, buffer, total + " of " + count(expected));
            if (count < 0) {
                break;
            }
            check(end, total, buffer, count);
            total += count;
        }
        if (total != expected) {
            throw new AssertionError("what came to " + end + ": found the end of the stream after " + count(total)
                    + " (expected: after " + expected + ")");
        }
    }

    /** Reads exactly these bytes, in one piece where what is under test knows messages. */
    static void expect(Trial trial, End end, byte... expected) throws IOException {
        byte[] found = new byte[expected.length];
        int total = 0;
        while (total < expected.length) {
            byte[] rest = new byte[expected.length - total];
            int count = read(trial, end, rest, total + " of " + count(expected.length));
            if (count <= 0) {
                throw new AssertionError("what came to " + end + ": found "
                        + (count < 0 ? "the end of the stream" : "an empty message") + " after " + count(total)
                        + " (expected: " + count(expected.length) + " " + Arrays.toString(expected) + ")");
            }
            System.arraycopy(rest, 0, found, total, count);
            total += count;
        }
        if (!Arrays.equals(found, expected)) {
            throw new AssertionError("what came to " + end + ": found " + Arrays.toString(found) + " (expected: "
                    + Arrays.toString(expected) + ")");
        }
    }

    /** Reads something or the end of the stream, by the time that anything in a test may take. */
    static int read(Trial trial, End end, byte[] into, String soFar) throws IOException {
        try {
            return end.read(into, trial.patience());
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "what came to " + end + ": found no more than " + soFar + " within "
                            + Timeouts.format(trial.patience()) + " (expected: all of them)",
                    e);
        }
    }

    /** Something small goes from one end to the other. */
    static void pass(Trial trial, End from, End to, byte... bytes) throws IOException {
        from.write(bytes);
        expect(trial, to, bytes);
    }

    /** Something small goes to and fro. */
    static void exchange(Trial trial, EndPair pair) throws IOException {
        pass(trial, pair.client(), pair.server(), (byte) 1, (byte) 2);
        pass(trial, pair.server(), pair.client(), (byte) 3, (byte) 4);
    }
}
