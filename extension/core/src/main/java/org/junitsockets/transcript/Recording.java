package org.junitsockets.transcript;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.time.Ticker;

/**
 * Records one connection: a ring of bytes and a ring of entries, both of which grow up to a bound and
 * then lose what is oldest. Thread-safe.
 */
public final class Recording {

    /** A great many small messages cost more in entries than in bytes. */
    private static final int MOST_ENTRIES = 8 * 1024;

    private static final int FIRST_ENTRIES = 8;
    private static final int FIRST_BYTES = 128;

    private static final Kind[] KINDS = Kind.values();

    private final int mostBytes;
    private final Ticker ticker;
    private final long startNanos;
    private final long startMillis;

    private byte[] bytes = new byte[0];
    private int firstByte;
    private int byteCount;

    private byte[] kinds = new byte[FIRST_ENTRIES];
    private long[] times = new long[FIRST_ENTRIES];
    private int[] lengths = new int[FIRST_ENTRIES];
    private @Nullable Object[] details = new @Nullable Object[FIRST_ENTRIES];
    private int firstEntry;
    private int entryCount;

    private volatile @Nullable Listener listener;

    private long droppedReceived;
    private long droppedSent;
    private long droppedEvents;
    private boolean droppedEnd;

    /** Is told all that is recorded, in its order, also where nothing of it is kept. */
    public interface Listener {

        /**
         * Bytes were received or sent. Called with the recording locked.
         *
         * @param bytes to be taken before it returns
         */
        void bytes(Kind kind, ByteBuffer bytes);

        /** Something without bytes has happened. Called with the recording locked. */
        void event(Kind kind, @Nullable Object detail);
    }

    /**
     * Begins.
     *
     * @param mostBytes how many bytes are kept at most; with 0 nothing is recorded
     */
    public Recording(int mostBytes, Ticker ticker) {
        this.mostBytes = mostBytes;
        this.ticker = ticker;
        this.startNanos = ticker.nanoTime();
        this.startMillis = System.currentTimeMillis();
    }

    /** Tells somebody of all that is recorded from here on. */
    public void tell(Listener listener) {
        this.listener = listener;
    }

    /** Records the bytes between the given position and the buffer's own; of a message also none. */
    public void received(ByteBuffer buffer, int from, boolean message) {
        add(Kind.RECEIVED, buffer, from, buffer.position() - from, message);
    }

    /** Records the bytes between the given position and the buffer's own; of a message also none. */
    public void sent(ByteBuffer buffer, int from, boolean message) {
        add(Kind.SENT, buffer, from, buffer.position() - from, message);
    }

    public void received(byte[] source, int offset, int length) {
        add(Kind.RECEIVED, ByteBuffer.wrap(source), offset, length, false);
    }

    public void sent(byte[] source, int offset, int length) {
        add(Kind.SENT, ByteBuffer.wrap(source), offset, length, false);
    }

    public void event(Kind kind) {
        event(kind, null);
    }

    /**
     * Records something without bytes.
     *
     * @param detail whose {@code toString()} says more, when somebody wants to know
     */
    public void event(Kind kind, @Nullable Object detail) {
        @Nullable Listener told = listener;
        if (mostBytes > 0 || told != null) {
            synchronized (this) {
                if (mostBytes > 0) {
                    addEntry(kind, 0, detail);
                }
                if (told != null) {
                    told.event(kind, detail);
                }
            }
        }
    }

    private void add(Kind kind, ByteBuffer source, int from, int length, boolean message) {
        @Nullable Listener told = listener;
        if ((length > 0 || message) && (mostBytes > 0 || told != null)) {
            synchronized (this) {
                if (mostBytes > 0) {
                    keep(kind, source, from, length);
                }
                if (told != null) {
                    told.bytes(kind, source.duplicate().limit(from + length).position(from));
                }
            }
        }
    }

    private void keep(Kind kind, ByteBuffer source, int from, int length) {
        int kept = Math.min(length, mostBytes);
        if (kept < length) {
            dropAll(); // events too: they are older than what is dropped of this
            dropped(kind, length - kept);
        } else {
            dropBytes(byteCount + kept - mostBytes);
        }
        addBytes(source, from + length - kept, kept);
        addEntry(kind, kept, null);
    }

    private void addBytes(ByteBuffer source, int from, int length) {
        if (byteCount + length > bytes.length) {
            growBytes(byteCount + length);
        }
        int at = firstByte + byteCount;
        at -= at < bytes.length ? 0 : bytes.length;
        int straight = Math.min(length, bytes.length - at);
        source.get(from, bytes, at, straight);
        source.get(from + straight, bytes, 0, length - straight);
        byteCount += length;
    }

    private void growBytes(int needed) {
        int size = Math.max(FIRST_BYTES, bytes.length);
        while (size < needed) {
            size *= 2;
        }
        byte[] larger = new byte[Math.min(size, mostBytes)];
        copyBytes(firstByte, byteCount, larger);
        bytes = larger;
        firstByte = 0;
    }

    /** Copies a stretch of the ring to the beginning of the target. */
    private void copyBytes(int from, int length, byte[] target) {
        int straight = Math.min(length, bytes.length - from);
        System.arraycopy(bytes, from, target, 0, straight);
        System.arraycopy(bytes, 0, target, straight, length - straight);
    }

    @SuppressWarnings("EnumOrdinal") // one byte of memory, never written anywhere
    private void addEntry(Kind kind, int length, @Nullable Object detail) {
        if (entryCount == MOST_ENTRIES) {
            dropFirstEntry();
        } else if (entryCount == kinds.length) {
            growEntries();
        }
        int at = (firstEntry + entryCount) % kinds.length;
        kinds[at] = (byte) kind.ordinal();
        times[at] = ticker.nanoTime();
        lengths[at] = length;
        details[at] = detail;
        entryCount++;
    }

    private void growEntries() {
        int size = kinds.length * 2;
        byte[] moreKinds = new byte[size];
        long[] moreTimes = new long[size];
        int[] moreLengths = new int[size];
        @Nullable Object[] moreDetails = new @Nullable Object[size];
        for (int i = 0; i < entryCount; i++) {
            int at = (firstEntry + i) % kinds.length;
            moreKinds[i] = kinds[at];
            moreTimes[i] = times[at];
            moreLengths[i] = lengths[at];
            moreDetails[i] = details[at];
        }
        kinds = moreKinds;
        times = moreTimes;
        lengths = moreLengths;
        details = moreDetails;
        firstEntry = 0;
    }

    /** Drops the oldest bytes, and the entries that are older than those that stay. */
    private void dropBytes(int count) {
        int left = count;
        while (left > 0) {
            int length = lengths[firstEntry];
            if (length <= left) {
                dropFirstEntry();
                left -= length;
            } else {
                dropped(KINDS[kinds[firstEntry]], left);
                lengths[firstEntry] = length - left;
                skipBytes(left);
                left = 0;
            }
        }
    }

    private void dropAll() {
        while (entryCount > 0) {
            dropFirstEntry();
        }
    }

    private void dropFirstEntry() {
        int length = lengths[firstEntry];
        if (length > 0) {
            dropped(KINDS[kinds[firstEntry]], length);
            skipBytes(length);
        } else {
            droppedEvents++;
            droppedEnd |= Snapshot.ENDING.contains(KINDS[kinds[firstEntry]]);
        }
        details[firstEntry] = null;
        firstEntry = (firstEntry + 1) % kinds.length;
        entryCount--;
    }

    private void skipBytes(int count) {
        firstByte += count;
        firstByte -= firstByte < bytes.length ? 0 : bytes.length;
        byteCount -= count;
    }

    private void dropped(Kind kind, int count) {
        if (kind == Kind.RECEIVED) {
            droppedReceived += count;
        } else {
            droppedSent += count;
        }
    }

    /**
     * Takes back what was recorded as sent last, which turned out not to be: who writes without being
     * able to hold this up meanwhile records first. There must be only one who does at a time.
     *
     * @param length as it was recorded
     */
    public synchronized void takeBackSent(int length) {
        if (mostBytes == 0) {
            return;
        }
        int kept = 0;
        int bytesAfter = 0;
        for (int i = entryCount - 1; i >= 0 && kept == 0; i--) {
            int at = (firstEntry + i) % kinds.length;
            if (KINDS[kinds[at]] == Kind.SENT) {
                kept = lengths[at];
                removeBytes(kept, bytesAfter);
                removeEntry(i);
            } else {
                bytesAfter += lengths[at];
            }
        }
        droppedSent -= length - kept; // what it has lost of itself since, was not sent either
    }

    private void removeBytes(int count, int after) {
        int to = firstByte + byteCount - after - count;
        for (int i = 0; i < after; i++) {
            bytes[(to + i) % bytes.length] = bytes[(to + count + i) % bytes.length];
        }
        byteCount -= count;
    }

    private void removeEntry(int index) {
        for (int i = index; i < entryCount; i++) {
            int at = (firstEntry + i) % kinds.length;
            int next = (at + 1) % kinds.length;
            boolean isLast = i == entryCount - 1;
            kinds[at] = kinds[next];
            times[at] = times[next];
            lengths[at] = lengths[next];
            details[at] = isLast ? null : details[next];
        }
        entryCount--;
    }

    /** Whether the last entry is not older than that; without any it is not. */
    public synchronized boolean isActiveSince(long nanos) {
        return entryCount > 0 && times[(firstEntry + entryCount - 1) % kinds.length] - nanos >= 0;
    }

    /** What is there now. */
    public synchronized Snapshot snapshot(int connection, boolean ofServer, Mask mask) {
        List<Snapshot.Entry> entries = new ArrayList<>(entryCount);
        int byteAt = firstByte;
        for (int i = 0; i < entryCount; i++) {
            int at = (firstEntry + i) % kinds.length;
            byte[] its = new byte[lengths[at]];
            copyBytes(byteAt, its.length, its);
            byteAt = (byteAt + its.length) % Math.max(1, bytes.length);
            @Nullable Object detail = details[at];
            entries.add(new Snapshot.Entry(
                    connection,
                    KINDS[kinds[at]],
                    times[at],
                    Instant.ofEpochMilli(startMillis).plusNanos(times[at] - startNanos),
                    its,
                    detail == null ? "" : detail.toString()));
        }
        return new Snapshot(entries, droppedReceived, droppedSent, droppedEvents, droppedEnd, ofServer, mask);
    }
}
