package org.junitsockets.assertj.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.transcript.Mask;
import org.junitsockets.transcript.Recording;
import org.junitsockets.transcript.Snapshot;

/** A transcript made by hand, with a millisecond from one entry to the next. */
public final class Recorded {

    private final Recording recording;
    private Mask mask = Mask.NONE;
    private long nanos;

    private Recorded(int size) {
        recording = new Recording(size, () -> nanos);
    }

    /** That of a server's end, which has accepted a connection. */
    public static Recorded accepted() {
        return accepted(1024);
    }

    /** The same that keeps so many bytes at most. */
    public static Recorded accepted(int size) {
        return new Recorded(size).event(Kind.ACCEPTED);
    }

    /** That of a server with these connections. */
    public static Snapshot several(Recorded... connections) {
        List<Snapshot> all = new ArrayList<>();
        for (Recorded connection : connections) {
            all.add(connection.transcript(all.size() + 1));
        }
        return Snapshot.of(all, Mask.NONE);
    }

    public Recorded masking(String expression) {
        mask = Mask.of("mask", expression);
        return this;
    }

    public Recorded received(String text) {
        return received(text.getBytes(UTF_8));
    }

    public Recorded received(byte[] bytes) {
        recording.received(bytes, 0, bytes.length);
        return tick();
    }

    public Recorded sent(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        recording.sent(bytes, 0, bytes.length);
        return tick();
    }

    public Recorded event(Kind kind) {
        recording.event(kind);
        return tick();
    }

    public Recorded event(Kind kind, String detail) {
        recording.event(kind, detail);
        return tick();
    }

    private Recorded tick() {
        nanos += 1_000_000;
        return this;
    }

    public Snapshot transcript() {
        return transcript(1);
    }

    public Snapshot transcript(int connection) {
        return recording.snapshot(connection, true, mask);
    }
}
