package org.junitsockets.transcript;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junitsockets.Transcript;

/** What a recording, or several, had at one moment. */
public final class Snapshot implements Transcript {

    /** After which this end has nothing more to send, so that its close is no further FIN. */
    static final Set<Kind> ENDING = Set.of(Kind.HALF_CLOSED, Kind.CLOSED, Kind.RESET, Kind.RESET_RECEIVED);

    private final List<Transcript.Entry> entries;
    private final List<Snapshot> parts;
    private final long droppedReceived;
    private final long droppedSent;
    private final long droppedEvents;
    private final boolean droppedEnd;
    private final boolean ofServer;
    private final Mask mask;

    Snapshot(
            List<? extends Transcript.Entry> entries,
            long droppedReceived,
            long droppedSent,
            long droppedEvents,
            boolean droppedEnd,
            boolean ofServer,
            Mask mask) {
        this.entries = List.copyOf(entries);
        this.parts = List.of(this);
        this.droppedReceived = droppedReceived;
        this.droppedSent = droppedSent;
        this.droppedEvents = droppedEvents;
        this.droppedEnd = droppedEnd;
        this.ofServer = ofServer;
        this.mask = mask;
    }

    private Snapshot(List<Snapshot> parts, Mask mask) {
        List<Transcript.Entry> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.entries));
        all.sort(Comparator.comparingLong(Transcript.Entry::nanoTime)); // stable: what is equal stays in order
        this.entries = List.copyOf(all);
        this.parts = List.copyOf(parts);
        this.droppedReceived =
                parts.stream().mapToLong(Transcript::droppedReceived).sum();
        this.droppedSent = parts.stream().mapToLong(Transcript::droppedSent).sum();
        this.droppedEvents = parts.stream().mapToLong(Transcript::droppedEvents).sum();
        this.droppedEnd = false; // of which it would be is not known; each part knows its own
        this.ofServer = true;
        this.mask = mask;
    }

    /** Those of a server's connections, as one. */
    public static Snapshot of(List<Snapshot> connections, Mask mask) {
        return new Snapshot(connections, mask);
    }

    /** An entry with all that is known of it. */
    record Entry(int connection, Kind kind, long nanoTime, Instant time, Payload payload, String detail)
            implements Transcript.Entry {

        Entry(int connection, Kind kind, long nanoTime, Instant time, byte[] bytes, String detail) {
            this(connection, kind, nanoTime, time, new Payload(bytes), detail);
        }

        @Override
        public byte[] bytes() {
            return payload.bytes.clone();
        }

        @Override
        public String toString() {
            return "#" + connection + " " + kind
                    + (payload.bytes.length == 0 ? "" : " " + Bytes.describe(payload.bytes))
                    + (detail.isEmpty() ? "" : " " + detail);
        }
    }

    /** Bytes that are nobody's to change. */
    private static final class Payload {

        private final byte[] bytes;

        Payload(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    public List<Transcript.Entry> entries() {
        return entries;
    }

    @Override
    public byte[] received() {
        return joined(Kind.RECEIVED);
    }

    @Override
    public byte[] sent() {
        return joined(Kind.SENT);
    }

    private byte[] joined(Kind kind) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Snapshot part : parts) {
            for (Transcript.Entry entry : part.entries) {
                if (entry.kind() == kind) {
                    joined.writeBytes(entry.bytes());
                }
            }
        }
        return joined.toByteArray();
    }

    @Override
    public long droppedReceived() {
        return droppedReceived;
    }

    @Override
    public long droppedSent() {
        return droppedSent;
    }

    @Override
    public long droppedEvents() {
        return droppedEvents;
    }

    /** What was dropped before that which is kept, in words; empty where nothing was. */
    public String dropped() {
        List<String> all = new ArrayList<>();
        count(all, droppedReceived, droppedReceived == 1 ? "byte received" : "bytes received");
        count(all, droppedSent, droppedSent == 1 ? "byte sent" : "bytes sent");
        count(all, droppedEvents, droppedEvents == 1 ? "event" : "events");
        return all.isEmpty()
                ? ""
                : "before this, " + String.join(", ", all)
                        + (all.size() == 1 && all.get(0).startsWith("1 ") ? " was" : " were")
                        + " dropped: junitsockets.transcript.size";
    }

    private static void count(List<String> all, long count, String what) {
        if (count > 0) {
            all.add(count + " " + what);
        }
    }

    /** Whether this end had ended its output before what is kept. */
    boolean isOutputEndedBefore() {
        return droppedEnd;
    }

    /** Whether it is that of a server's end: else what was received came from the server. */
    public boolean isOfServer() {
        return ofServer;
    }

    /** The same with what must not be seen replaced, for whatever is written. */
    public Snapshot masked() {
        if (parts.size() == 1) {
            return parts.get(0).maskedItself();
        }
        return of(parts.stream().map(Snapshot::maskedItself).toList(), Mask.NONE); // each its own: none spans two
    }

    private Snapshot maskedItself() {
        return new Snapshot(
                mask.apply(entries), droppedReceived, droppedSent, droppedEvents, droppedEnd, ofServer, Mask.NONE);
    }

    /** The drawing, each line on a new one and after the indentation. */
    public String ladder(String indentation) {
        return "\n" + toString().indent(0).stripTrailing().replaceAll("(?m)^", indentation);
    }

    /** The same for a text about it. */
    public String masked(String text) {
        return mask.apply(text);
    }

    @Override
    public String toString() {
        return parts.size() == 1
                ? Ladder.of(parts.get(0))
                : String.join("\n", parts.stream().map(Ladder::of).toList());
    }
}
