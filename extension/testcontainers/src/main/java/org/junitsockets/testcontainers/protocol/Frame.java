package org.junitsockets.testcontainers.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * A frame that has come, of which the payload is read piece by piece. The payload is there only as long
 * as the call lasts to which the frame is given.
 *
 * @param kind what it is
 * @param id of the stream, the listener or the request that it is about
 * @param payload what is left of it
 */
public record Frame(Kind kind, int id, ByteBuffer payload) {

    /** What precedes each payload: its length, the frame's type, the id. */
    public static final int HEADER = 4 + 1 + 4;

    /** The largest piece of data in one frame: the largest UDP message fits. */
    public static final int MAX_DATA = 64 * 1024;

    /** The largest payload: the data, and an address and numbers before it. */
    public static final int MAX_PAYLOAD = MAX_DATA + 64;

    /** The longest text in UTF-8, of an error for instance. */
    public static final int MAX_TEXT = 8 * 1024;

    private void require(int bytes) throws ProtocolException {
        if (payload.remaining() < bytes) {
            throw ProtocolException.found(
                    "the payload of " + this, payload.remaining() + " bytes at its end", "at least " + bytes);
        }
    }

    public int getByte() throws ProtocolException {
        require(1);
        return payload.get() & 0xff;
    }

    public boolean getBoolean() throws ProtocolException {
        int value = getByte();
        if (value > 1) {
            throw ProtocolException.found("a truth value in " + this, value, "0 or 1");
        }
        return value == 1;
    }

    public int getInt() throws ProtocolException {
        require(4);
        return payload.getInt();
    }

    /** A number that is not negative. */
    public int getCount() throws ProtocolException {
        int value = getInt();
        if (value < 0) {
            throw ProtocolException.found("a number in " + this, Integer.toUnsignedString(value), "at most 2147483647");
        }
        return value;
    }

    public long getLong() throws ProtocolException {
        require(8);
        return payload.getLong();
    }

    public String getText() throws ProtocolException {
        int length = getInt();
        if (length < 0 || length > MAX_TEXT) {
            throw ProtocolException.found(
                    "the length of a text in " + this, Integer.toUnsignedString(length), "at most " + MAX_TEXT);
        }
        require(length);
        ByteBuffer bytes = payload.slice(payload.position(), length);
        payload.position(payload.position() + length);
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw ProtocolException.found("a text in " + this, "bytes that are none", "UTF-8");
        }
    }

    public InetSocketAddress getAddress() throws ProtocolException {
        int length = getByte();
        if (length != 4 && length != 16) {
            throw ProtocolException.found("the length of an address in " + this, length, "4 or 16");
        }
        require(length + 2);
        byte[] bytes = new byte[length];
        payload.get(bytes);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), payload.getShort() & 0xffff);
        } catch (UnknownHostException e) {
            throw ProtocolException.found("an address in " + this, length + " bytes", "4 or 16");
        }
    }

    /** All that is left. */
    public byte[] getRest() {
        byte[] rest = new byte[payload.remaining()];
        payload.get(rest);
        return rest;
    }

    /** To be called by who has read all that he knows of. */
    public void requireEnd() throws ProtocolException {
        if (payload.hasRemaining()) {
            throw ProtocolException.found("the end of " + this, payload.remaining() + " more bytes", "none");
        }
    }

    @Override
    public String toString() {
        return kind + " of " + Integer.toUnsignedString(id);
    }

    // -- one to be sent ----------------------------------------------------------------------------

    public static Builder of(Kind kind, int id) {
        return new Builder(kind, id, 64);
    }

    /** The same with room for so much more. */
    public static Builder of(Kind kind, int id, int room) {
        return new Builder(kind, id, 64 + room);
    }

    /** A frame that is to be sent, to which its payload is added piece by piece. */
    public static final class Builder {

        private final Kind kind;
        private ByteBuffer bytes;

        private Builder(Kind kind, int id, int room) {
            this.kind = kind;
            this.bytes = ByteBuffer.allocate(HEADER + room);
            bytes.putInt(0).put((byte) kind.code()).putInt(id);
        }

        private ByteBuffer room(int wanted) {
            if (bytes.position() + wanted > HEADER + MAX_PAYLOAD) {
                throw new IllegalArgumentException(kind + ": found a payload of " + (bytes.position() - HEADER + wanted)
                        + " bytes (expected: at most " + MAX_PAYLOAD + ")");
            }
            if (bytes.remaining() < wanted) {
                bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + wanted))
                        .put(bytes.flip());
            }
            return bytes;
        }

        public Builder put(boolean value) {
            return putByte(value ? 1 : 0);
        }

        public Builder putByte(int value) {
            room(1).put((byte) value);
            return this;
        }

        public Builder putInt(int value) {
            room(4).putInt(value);
            return this;
        }

        public Builder putLong(long value) {
            room(8).putLong(value);
            return this;
        }

        /** What is too long of it is cut off. */
        public Builder putText(String text) {
            byte[] encoded = text.getBytes(UTF_8);
            int length = encoded.length;
            if (length > MAX_TEXT) {
                length = MAX_TEXT;
                while ((encoded[length] & 0xc0) == 0x80) {
                    length--; // not within a character
                }
            }
            room(4 + length).putInt(length).put(encoded, 0, length);
            return this;
        }

        public Builder putAddress(InetSocketAddress address) {
            byte[] encoded = address.getAddress().getAddress();
            room(encoded.length + 3).put((byte) encoded.length).put(encoded).putShort((short) address.getPort());
            return this;
        }

        /** Takes all that is left in the source. */
        public Builder put(ByteBuffer source) {
            room(source.remaining()).put(source);
            return this;
        }

        ByteBuffer encoded() {
            bytes.flip();
            bytes.putInt(0, bytes.remaining() - HEADER);
            return bytes;
        }
    }
}
