package org.junitsockets.connection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.LengthPrefix;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.transcript.Mask;

/** The receiving direction: a buffer, and the ways to cut messages out of it. */
final class Input {

    /** The most that one read returns: what a peer announces is not to be trusted. */
    static final int MOST = 64 * 1024 * 1024;

    private static final int SMALL = 1024;
    private static final int CHUNK = 64 * 1024;

    /** What {@code holdOpen} reads ahead to see an end behind it. */
    private static final int READ_AHEAD = 4 * 1024;

    private static final int UNAVAILABLE = ConnectionEndpoint.UNAVAILABLE;
    private static final int END = ConnectionEndpoint.END;

    private static final String HELD_OPEN = "the other side still holds the connection open";

    /** What is said when it is too late, with the time in place of this. */
    private static final String TIME = "{}";

    private static final String STILL_PAUSED = "reading is still paused here after " + TIME;
    private static final String NOTHING_CAME = "nothing came within " + TIME;

    private final Wire wire;
    private final Label label;
    private final Connection connection;
    private final Mask mask;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private volatile boolean paused;

    /** Those behind the one that is in the buffer; none where there is a stream. */
    private final @Nullable Messages messages;

    /** Whether somebody who wanted to know of messages could not look, and is to be told. */
    private volatile boolean overlooked;

    /** Whether nothing has been taken of the message in the buffer. */
    private boolean fresh;

    /** Where that stands among all that came. */
    private long sequence;

    /** How much of it the system has cut off. */
    private int cut;

    Input(Wire wire, Label label, Connection connection, Mask mask) {
        this.messages = wire.hasMessages() ? new Messages() : null;
        this.mask = mask;
        this.wire = wire;
        this.label = label;
        this.connection = connection;
    }

    /** Something that is read while nobody else reads. */
    interface Read<T extends @Nullable Object> {
        T run(Call call) throws IOException;
    }

    <T extends @Nullable Object> T exclusively(Call call, Read<T> read) throws IOException {
        lock(call);
        try {
            return read.run(call);
        } finally {
            unlock();
        }
    }

    /** Ends what {@link #lock} began; a large buffer that is empty is let go. */
    void unlock() {
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.length > CHUNK) {
                buffer = new byte[0];
            }
        }
        letGo();
    }

    private void letGo() {
        lock.unlock();
        if (overlooked) {
            overlooked = false;
            wire.mayHaveMessage();
        }
    }

    void pause() {
        paused = true;
        wire.rouse();
    }

    void resume() {
        paused = false;
        wire.rouse();
    }

    byte @Nullable [] line(Call call) throws IOException {
        int length = find(new byte[] {'\n'}, call);
        if (length < 0) {
            if (available() == 0) {
                return null;
            }
            if (messages != null) {
                return take(available()); // the end of a message is one of a line
            }
            throw endedWithin("a line");
        }
        byte[] line = take(length);
        int text = length - (length > 1 && line[length - 2] == '\r' ? 2 : 1);
        return Arrays.copyOf(line, text);
    }

    byte[] until(byte[] delimiter, Call call) throws IOException {
        int length = find(delimiter, call);
        if (length < 0) {
            throw endedWithin("before " + mask.describe(delimiter));
        }
        return take(length);
    }

    byte[] exactly(int count, Call call) throws IOException {
        require(count, count + " bytes", call);
        return take(count);
    }

    private void require(int count, String what, Call call) throws IOException {
        while (available() < count) {
            if (!fill(call)) {
                throw endedWithin(what);
            }
        }
    }

    byte[] frame(LengthPrefix prefix, Call call) throws IOException {
        int offset = prefix.offset();
        int head = offset + prefix.width();
        require(head, "a frame's prefix of " + prefix, call);
        long length = prefix.decode(Arrays.copyOfRange(buffer, start + offset, start + head));
        int most = MOST - offset;
        if (length < 0 || length > most) {
            throw new ProtocolException("a frame announces " + (length < 0 ? "an impossible length" : length + " bytes")
                    + " (expected: up to " + most + ")");
        }
        require(head + (int) length, "a frame of " + length + " bytes", call); // whole, or a retry would start amid it
        byte[] frame = Arrays.copyOf(take(offset), offset + (int) length);
        take(prefix.width());
        System.arraycopy(take((int) length), 0, frame, offset, (int) length);
        return frame;
    }

    byte[] toEnd(Call call) throws IOException {
        if (messages != null) {
            return allMessages(call);
        }
        while (fill(call)) {
            requireRoom();
        }
        return take(available());
    }

    private byte[] allMessages(Call call) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        do {
            all.writeBytes(take(available()));
            if (all.size() > MOST) {
                throw tooMuch();
            }
        } while (fill(call));
        return all.toByteArray();
    }

    /** What is there; of messages one, or what is left of it. */
    byte[] available(Call call) throws IOException {
        if (!isReady() && !fill(call)) {
            throw endedWithin(messages == null ? "at least one byte" : "a message");
        }
        return take(available());
    }

    /** All that has been read and not been taken, for TLS that begins with it. */
    ByteBuffer takeAll() {
        return ByteBuffer.wrap(take(available()));
    }

    /** A message, or what is left of it. */
    ReceivedMessage message(Call call, int limit) throws IOException {
        byte[] bytes = available(call);
        return new ReceivedMessage(connection, bytes, bytes.length + cut, limit);
    }

    /** Where the next message stands among all that came to its server. */
    long nextSequence() {
        if (messages == null) {
            return Long.MAX_VALUE;
        }
        if (!lock.tryLock()) {
            overlooked = true; // before another try, or who has it may let it go without a word
            if (!lock.tryLock()) {
                return Long.MAX_VALUE; // somebody reads it, or only looks
            }
        }
        try {
            return isReady() ? sequence : messages.nextSequence();
        } finally {
            lock.unlock();
        }
    }

    /** As many of the bytes as have come, fewer than asked for only at the end of the stream. */
    int into(byte[] target, int offset, int length, Call call) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (available() == 0) {
            if (!fill(call)) {
                return -1;
            }
        }
        int count = Math.min(length, available());
        System.arraycopy(buffer, start, target, offset, count);
        start += count;
        fresh = false;
        return count;
    }

    /** Fails at the first byte that differs, without waiting for those after it. */
    void expect(byte[] expected, Call call) throws IOException {
        int same = 0;
        while (same < expected.length) {
            if (available() == same && !fillExpecting(call, expected)) {
                throw new AssertionError(
                        call + " on " + label + ": " + ended() + mask.difference(expected, take(available())));
            }
            int checked = Math.min(available(), expected.length);
            if (!Arrays.equals(buffer, start + same, start + checked, expected, same, checked)) {
                throw new AssertionError(
                        call + " on " + label + ": something else came" + mask.difference(expected, take(available())));
            }
            same = checked;
        }
        take(expected.length);
    }

    private boolean fillExpecting(Call call, byte[] expected) throws IOException {
        try {
            return fill(call);
        } catch (DeadlineError e) {
            throw new DeadlineError(
                    e.getMessage() + mask.difference(expected, Arrays.copyOfRange(buffer, start, end)), false);
        }
    }

    /** Whether anything comes before the end of the stream. */
    boolean hasMore(Call call) throws IOException {
        return isReady() || fill(call);
    }

    /** Whether anything comes before the end of the stream and by the deadline. */
    boolean hasMoreInTime(Call call) throws IOException {
        return isReady() || fillInTime(call) >= 0;
    }

    /** Waits until there is something to read; false if the end, of the stream or of the scope, comes first. */
    boolean awaitInput(Call call) throws IOException {
        return awaitAvailable(1, call, NOTHING_CAME + stillOpen());
    }

    /**
     * Waits until at least so many bytes are there, reading no further; false if the end, of the
     * stream or of the scope, comes first. Others may read in the meantime.
     */
    private boolean awaitAvailable(int count, Call call, String late) throws IOException {
        while (true) {
            long ticket = wire.ticket();
            wire.requireOpen();
            boolean ending = wire.isScopeEnding(); // before the look: what came before the end of the test counts
            boolean heldUp = paused;
            if (!heldUp) {
                int read = readUpTo(count, call);
                if (read != UNAVAILABLE) {
                    return read != END;
                }
            }
            if (ending) {
                return false;
            }
            requireTime(call, heldUp ? STILL_PAUSED : late);
            wire.await(heldUp ? 0 : SelectionKey.OP_READ, call.deadline(), call, ticket);
        }
    }

    /** Waits for the end of the stream or of the scope; reads ahead a little to see the former. */
    void awaitEnd(Call call) throws IOException {
        if (!awaitAvailable(READ_AHEAD, call, HELD_OPEN + " after " + TIME)) {
            return;
        }
        while (!wire.isScopeEnding()) {
            long ticket = wire.ticket();
            wire.requireOpen();
            if (!wire.isScopeEnding()) { // again, now that there is a ticket
                requireTime(
                        call,
                        "no end was seen within " + TIME + ", nor would be behind the " + READ_AHEAD
                                + " bytes and more that nobody has read");
                wire.await(0, call.deadline(), call, ticket);
            }
        }
    }

    private void requireTime(Call call, String late) {
        if (call.deadline().hasPassed()) {
            String time = Durations.format(call.deadline().allowed());
            throw wire.late(
                    call,
                    call + " on " + label + ": " + late.replace(TIME, time) + ", "
                            + wire.received().describe(mask) + " received in all",
                    false);
        }
    }

    /** Reads what is there: positive once so many bytes, or a message, are kept; else as the wire says. */
    private int readUpTo(int count, Call call) throws IOException {
        lock(call);
        try {
            while (count == 1 ? !isReadyOrNext() : kept() < count) {
                int read = readOnce();
                if (read < 0) {
                    return read;
                }
            }
            return count;
        } finally {
            letGo();
        }
    }

    /**
     * Takes in what is there without waiting; returns whether that was all. It was not if reading is
     * paused, if somebody reads at the moment (this thread too: it would miss what was taken in), or if
     * it was too much.
     */
    boolean observe() {
        if (wire.endedHere() != null) {
            return true; // by us: there is nothing more to learn
        }
        if (paused || lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return false;
        }
        int before = kept();
        try {
            int count = 0;
            while (count >= 0 && kept() < CHUNK) {
                count = readOnce();
            }
            return count < 0;
        } catch (IOException e) {
            return true; // the wire remembers a reset; a closed channel has nothing more to tell
        } finally {
            if (kept() > before) {
                wire.rouse(); // who waits for input without the lock would not hear of it: it has left the system
            }
            letGo();
        }
    }

    /** Of messages those of the one that is being read. */
    int available() {
        return end - start;
    }

    /** Whether there is something to be taken, be it a message without bytes. */
    private boolean isReady() {
        return available() > 0 || fresh;
    }

    private boolean isReadyOrNext() {
        return isReady() || next();
    }

    /** All that has been read from the system and not been taken, in bytes or a little more. */
    private int kept() {
        return available() + (messages == null ? 0 : messages.cost());
    }

    byte[] take(int count) {
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + count);
        start += count;
        fresh = false;
        return bytes;
    }

    /** Makes the next message the one that is being read, if that one is over and there is another. */
    private boolean next() {
        if (messages == null || isReady() || messages.isEmpty()) {
            return false;
        }
        Messages.Arrived next = messages.take();
        buffer = next.bytes();
        start = 0;
        end = buffer.length;
        sequence = next.sequence();
        cut = next.length() - end;
        fresh = true;
        return true;
    }

    /** Gets more bytes, and returns whether it did; the alternative is the end, of messages that of the one. */
    boolean fill(Call call) throws IOException {
        int count = fillInTime(call);
        if (count == UNAVAILABLE) {
            throw late(call);
        }
        return count >= 0;
    }

    /** Gets more bytes, and returns how many, or that the end has come, or that the deadline has passed. */
    private int fillInTime(Call call) throws IOException {
        if (messages != null && available() > 0) {
            return END; // of the message
        }
        fresh = false;
        while (true) {
            long ticket = wire.ticket();
            wire.requireOpen();
            if (isHeldUp()) {
                awaitResumption(call, ticket);
                continue;
            }
            if (next()) {
                return available();
            }
            int count = readOnce();
            if (messages != null && count >= 0) {
                continue;
            }
            if (count != UNAVAILABLE || call.deadline().hasPassed()) {
                return count;
            }
            wire.await(SelectionKey.OP_READ, call.deadline(), call, ticket);
        }
    }

    private boolean isHeldUp() {
        return paused && !wire.isScopeEnding();
    }

    private void awaitResumption(Call call, long ticket) throws IOException {
        if (connection.isServed()) {
            wire.await(0, Deadline.none(), call, ticket);
        } else {
            requireTime(call, STILL_PAUSED);
            wire.await(0, call.deadline(), call, ticket);
        }
        if (!isHeldUp()) {
            call.restart(connection.startDeadline());
        }
    }

    private int readOnce() throws IOException {
        if (messages == null) {
            return readBytes();
        }
        int count = wire.read(messages.space());
        if (count >= 0) {
            messages.add(wire.messageLength(), wire.sequence());
        }
        return count;
    }

    private int readBytes() throws IOException {
        if (buffer.length - end < SMALL / 2) {
            makeRoom();
        }
        ByteBuffer free = ByteBuffer.wrap(buffer, end, buffer.length - end);
        int count = wire.read(free);
        end = free.position();
        return count;
    }

    private void makeRoom() {
        int used = end - start;
        int size = Math.max(SMALL, buffer.length);
        while (size - used < size / 2) {
            size = size < CHUNK ? size * 4 : size * 2;
        }
        byte[] larger = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, start, larger, 0, used);
        buffer = larger;
        start = 0;
        end = used;
    }

    /** The length up to and with the delimiter, or -1 if the stream ends before it. */
    private int find(byte[] delimiter, Call call) throws IOException {
        int searched = 0;
        while (true) {
            for (int at = start + searched; at + delimiter.length <= end; at++) {
                if (Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                    return at + delimiter.length - start;
                }
            }
            searched = Math.max(0, available() - delimiter.length + 1);
            requireRoom();
            if (!fill(call)) {
                return -1;
            }
        }
    }

    private void requireRoom() throws IOException {
        if (available() > MOST) {
            throw tooMuch();
        }
    }

    private static ProtocolException tooMuch() {
        return new ProtocolException("more than " + MOST + " bytes came without an end");
    }

    /** Keeps other readers out. */
    void lock(Call call) throws IOException {
        if (lock.tryLock()) {
            return;
        }
        try {
            if (!lock.tryLock(call.deadline().remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw wire.late(
                        call,
                        call + " on " + label + ": another thread was reading for all of "
                                + Durations.format(call.deadline().allowed()),
                        false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    private DeadlineError late(Call call) {
        String arrived = available() == 0
                ? "nothing came"
                : "only " + mask.describe(Arrays.copyOfRange(buffer, start, end)) + " came";
        return wire.late(
                call,
                call + " on " + label + ": " + arrived + " within "
                        + Durations.format(call.deadline().allowed())
                        + stillOpen() + ", "
                        + wire.received().describe(mask) + " received in all",
                available() == 0 && call.isReading());
    }

    private EOFException endedWithin(String what) {
        return new EOFException(ended() + " " + (what.startsWith("before") ? what : "within " + what) + ", after "
                + mask.describe(Arrays.copyOfRange(buffer, start, end)));
    }

    private String ended() {
        Wire.@Nullable InputEnd how = wire.inputEnd();
        return how == null ? "the message ended" : "the other side " + how.words();
    }

    /** What is left to say where nothing came. */
    private String stillOpen() {
        return wire.transport().has(Capability.CONNECTIONS) ? "; " + HELD_OPEN : "";
    }
}
