package org.junitsockets.report;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** One packet of a capture, and what there is to say with it. */
final class Packet {

    private final long nanos;
    private final boolean outbound;
    private final byte[] bytes;
    private final List<String> comments;

    /**
     * Makes one.
     *
     * @param nanos when, since 1970
     * @param outbound whether the end that recorded it sent it
     */
    Packet(long nanos, boolean outbound, byte[] bytes, List<String> comments) {
        this.nanos = nanos;
        this.outbound = outbound;
        this.bytes = bytes;
        this.comments = comments;
    }

    /** A time of the day as packets have it: nanoseconds since 1970. */
    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    long nanos() {
        return nanos;
    }

    void comment(List<String> more) {
        comments.addAll(more);
    }

    void writeTo(Pcapng file) throws IOException {
        file.packet(nanos, outbound, bytes, comments);
    }
}
