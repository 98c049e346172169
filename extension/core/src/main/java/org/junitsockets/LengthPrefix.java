package org.junitsockets;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.nio.ByteOrder;
import org.apiguardian.api.API;

/**
 * How a frame announces its length: an unsigned integer in front of it.
 *
 * <pre>{@code
 * byte[] message = peer.readFrame(LengthPrefix.U32);               // network byte order
 * peer.writeFrame(LengthPrefix.of(2, ByteOrder.LITTLE_ENDIAN), reply);
 * }</pre>
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

    private final int width;
    private final ByteOrder order;
    private final boolean countsItself;

    private LengthPrefix(int width, ByteOrder order, boolean countsItself) {
        this.width = width;
        this.order = order;
        this.countsItself = countsItself;
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
        return new LengthPrefix(width, requireNonNull(order, "order"), false);
    }

    /**
     * Returns this prefix, but counting its own bytes too, as PostgreSQL's messages do.
     *
     * @return the prefix
     */
    public LengthPrefix countingItself() {
        return new LengthPrefix(width, order, true);
    }

    /**
     * Returns how many bytes the prefix takes.
     *
     * @return the width in bytes
     */
    public int width() {
        return width;
    }

    /**
     * Returns how many bytes follow the prefix, as an unsigned number.
     *
     * @param prefix the bytes of the prefix
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
     * Returns the prefix of a payload.
     *
     * @param length of the payload in bytes
     * @return the bytes to send in front of it
     * @throws IllegalArgumentException if the width cannot hold the length
     */
    public byte[] encode(int length) {
        long value = (long) length + (countsItself ? width : 0);
        if (width < 8 && value >= 1L << (8 * width)) {
            throw new IllegalArgumentException(
                    "payload: found " + length + " bytes (expected: what a prefix of " + this + " can announce)");
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
        return width + (width == 1 ? " byte" : " bytes, " + order) + (countsItself ? ", counting itself" : "");
    }
}
