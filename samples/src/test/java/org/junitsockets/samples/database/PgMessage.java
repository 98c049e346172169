package org.junitsockets.samples.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketConnection;

/**
 * One message of the protocol: a byte for its type, a length that counts itself, and what is in it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
final class PgMessage {

    /** The first message of a connection has no type. */
    static final LengthPrefix FIRST = LengthPrefix.U32.countingItself();

    private static final LengthPrefix TYPED = FIRST.after(1);

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private PgMessage() {}

    static PgMessage of(char type) {
        return new PgMessage().bytes((byte) type);
    }

    static PgMessage read(SocketConnection peer) {
        return new PgMessage().bytes(peer.readFrame(TYPED));
    }

    char type() {
        return text().charAt(0);
    }

    /** Its type and what is in it, as text; numbers and terminators come out as control characters. */
    String text() {
        return content.toString(UTF_8);
    }

    PgMessage int16(int value) {
        return bytes(ByteBuffer.allocate(2).putShort((short) value).array());
    }

    PgMessage int32(int value) {
        return bytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    /** A string and its terminator. */
    PgMessage string(String value) {
        return bytes(value.getBytes(UTF_8)).bytes((byte) 0);
    }

    /** A value of a row: its length, which does not count itself, and its bytes. */
    PgMessage value(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return int32(bytes.length).bytes(bytes);
    }

    PgMessage bytes(byte... bytes) {
        content.writeBytes(bytes);
        return this;
    }

    byte[] encode() {
        return TYPED.frame(content.toByteArray());
    }

    /** Several messages as they follow each other on the wire. */
    static byte[] encode(PgMessage... messages) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (PgMessage message : messages) {
            encoded.writeBytes(message.encode());
        }
        return encoded.toByteArray();
    }
}
