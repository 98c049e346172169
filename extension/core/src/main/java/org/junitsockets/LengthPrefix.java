package org.junitsockets;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * How a frame announces its length: an unsigned integer in front of its payload, or {@linkplain
 * #after(int) after a header} of a few bytes.
 *
 * <pre>{@code
 * byte[] message = peer.readFrame(LengthPrefix.U32);               // network byte order
 * peer.writeFrame(LengthPrefix.of(2, ByteOrder.LITTLE_ENDIAN), reply);
 * }</pre>
 *
 * <p>What counts is what comes after the integer; with {@link #countingItself()} its own bytes do
 * too. A header never does.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class LengthPrefix {

    /** One byte. */
    public static final LengthPrefix U8 = of(1, ByteOrder.BIG_ENDIAN);

    /** Two bytes in network byte order. */
    public static final LengthPrefix U16 = of(2, ByteOrder.BIG_ENDIAN);

    /** Four bytes in network byte order. */
    public static final LengthPrefix U32 = of(4, ByteOrder.BIG_ENDIAN);

    private static final int LONGEST_HEADER = 1024;

    private final int width;
    private final ByteOrder order;
    private final boolean countsItself;
    private final int offset;

    private LengthPrefix(int width, ByteOrder order, boolean countsItself, int offset) {
        this.width = width;
        this.order = order;
        this.countsItself = countsItself;
        this.offset = offset;
    }

    /**
     * Returns a prefix of the given width and byte order that counts the bytes after it.
     *
     * @param width in bytes, from 1 to 8
     * @param order which end comes first
     * @return the prefix
     * @throws IllegalArgumentException if the width is not from 1 to 8
     */
    public static LengthPrefix of(int width, ByteOrder order) {
        if (width < 1 || width > 8) {
            throw new IllegalArgumentException("width: found " + width + " (expected: from 1 to 8 bytes)");
        }
        return new LengthPrefix(width, requireNonNull(order, "order"), false, 0);
    }

    /**
     * Returns this prefix, but counting its own bytes too, as PostgreSQL's messages do.
     *
     * @return the prefix
     */
    public LengthPrefix countingItself() {
        return new LengthPrefix(width, order, true, offset);
    }

    /**
     * Returns this prefix, but in frames that begin with a header: a type, a version, a channel.
     *
     * <pre>{@code
     * LengthPrefix message = LengthPrefix.U32.countingItself().after(1); // PostgreSQL: a type
     * LengthPrefix tlsRecord = LengthPrefix.U16.after(3);                // a type and a version
     * LengthPrefix amqpFrame = LengthPrefix.U32.after(3);                // a type and a channel
     * }</pre>
     *
     * <p>The header does not count. Where such a frame is written, read or expected, the header and what
     * comes after the length are one array; only the length is left out of it:
     *
     * <pre>{@code
     * peer.writeFrame(tlsRecord, new byte[] {22, 3, 3, 'h', 'i'}); // sends 22 3 3 0 2 'h' 'i'
     * }</pre>
     *
     * @param bytes how many come before the length, from 0 to 1024; it replaces what was said before
     * @return the prefix
     * @throws IllegalArgumentException if it is not from 0 to 1024
     */
    public LengthPrefix after(int bytes) {
        if (bytes < 0 || bytes > LONGEST_HEADER) {
            throw new IllegalArgumentException(
                    "bytes: found " + bytes + " (expected: from 0 to " + LONGEST_HEADER + " before the length)");
        }
        return new LengthPrefix(width, order, countsItself, bytes);
    }

    /**
     * Returns how many bytes the integer takes.
     *
     * @return the width in bytes, without a header
     */
    public int width() {
        return width;
    }

    /**
     * Returns where in a frame the integer begins.
     *
     * @return the length of the header in bytes; 0 if there is none
     */
    public int offset() {
        return offset;
    }

    /**
     * Returns how many bytes follow the integer, as an unsigned number.
     *
     * @param prefix the bytes of the integer
     * @return the length of the payload; negative if the prefix announces less than its own width
     *     though it counts itself, or more than {@link Long#MAX_VALUE}
     */
    public long decode(byte[] prefix) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = (value << 8) | (prefix[position(i)] & 0xFF);
        }
        return value < 0 ? value : value - (countsItself ? width : 0);
    }

    /**
     * Returns the integer for a payload.
     *
     * @param length of the payload in bytes, without a header
     * @return the bytes to send in front of it
     * @throws IllegalArgumentException if the width cannot hold the length
     */
    public byte[] encode(int length) {
        return encode(length, length);
    }

    /**
     * Returns a whole frame, as {@link SocketConnection#writeFrame} sends it: the length put in its
     * place.
     *
     * @param payload what is in it, the header first where there is one
     * @return the bytes to send
     * @throws IllegalArgumentException if the payload is shorter than the header, or if the width
     *     cannot hold the length of the rest
     */
    public byte[] frame(byte[] payload) {
        if (payload.length < offset) {
            throw new IllegalArgumentException("payload: found " + payload.length + " bytes (expected: at least the "
                    + offset + " before the length)");
        }
        byte[] length = encode(payload.length - offset, payload.length);
        byte[] frame = Arrays.copyOf(payload, payload.length + width);
        System.arraycopy(length, 0, frame, offset, width);
        System.arraycopy(payload, offset, frame, offset + width, payload.length - offset);
        return frame;
    }

    private byte[] encode(int length, int found) {
        long value = (long) length + (countsItself ? width : 0);
        if (width < 8 && value >= 1L << (8 * width)) {
            throw new IllegalArgumentException(
                    "payload: found " + found + " bytes (expected: what a prefix of " + this + " can announce)");
        }
        byte[] prefix = new byte[width];
        for (int i = width - 1; i >= 0; i--) {
            prefix[position(i)] = (byte) value;
            value >>>= 8;
        }
        return prefix;
    }

    /** Where the byte stands that is at the given place counted from the most significant one. */
    private int position(int significance) {
        return order == ByteOrder.BIG_ENDIAN ? significance : width - 1 - significance;
    }

    @Override
    public String toString() {
        return width
                + (width == 1 ? " byte" : " bytes, " + order)
                + (countsItself ? ", counting itself" : "")
                + (offset == 0 ? "" : ", after " + offset + (offset == 1 ? " byte" : " bytes"));
    }
}
