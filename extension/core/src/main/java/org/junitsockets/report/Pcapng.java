package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The blocks of a pcapng file with one interface, on which there are bare IP packets. */
final class Pcapng {

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int LINKTYPE_RAW = 101;

    private static final int OPT_COMMENT = 1;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int EPB_FLAGS = 2;

    private static final int LONGEST_OPTION = 0xFFFF;

    private final OutputStream out;

    Pcapng(OutputStream out) {
        this.out = out;
    }

    /** Begins the file: a section of unknown length and its interface, whose clock counts nanoseconds. */
    void begin(String application, List<String> comments) throws IOException {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        option(options, SHB_USERAPPL, application);
        comments.forEach(comment -> option(options, OPT_COMMENT, comment));
        block(
                SECTION_HEADER,
                end(options),
                integers(16)
                        .putInt(BYTE_ORDER_MAGIC)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        option(more, IF_NAME, application);
        option(more, IF_TSRESOL, new byte[] {9});
        block(
                INTERFACE,
                end(more),
                integers(8)
                        .putShort((short) LINKTYPE_RAW)
                        .putShort((short) 0)
                        .putInt(0)
                        .array());
    }

    /** One packet: when, whether it was sent by the end that recorded it, and what there is to say. */
    void packet(long nanos, boolean outbound, byte[] packet, List<String> comments) throws IOException {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        comments.forEach(comment -> option(options, OPT_COMMENT, comment));
        option(options, EPB_FLAGS, integers(4).putInt(outbound ? 2 : 1).array());
        int padded = padded(packet.length);
        block(
                ENHANCED_PACKET,
                end(options),
                integers(20 + padded)
                        .putInt(0)
                        .putInt((int) (nanos >>> 32))
                        .putInt((int) nanos)
                        .putInt(packet.length)
                        .putInt(packet.length)
                        .put(packet)
                        .array());
    }

    private void block(int type, byte[] options, byte[] body) throws IOException {
        int length = 12 + body.length + options.length;
        out.write(integers(8).putInt(type).putInt(length).array());
        out.write(body);
        out.write(options);
        out.write(integers(4).putInt(length).array());
    }

    private static void option(ByteArrayOutputStream options, int code, String text) {
        option(options, code, utf8(Printable.lines(text)));
    }

    private static void option(ByteArrayOutputStream options, int code, byte[] value) {
        options.writeBytes(integers(4 + padded(value.length))
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array());
    }

    private static byte[] end(ByteArrayOutputStream options) {
        options.writeBytes(new byte[4]); // opt_endofopt
        return options.toByteArray();
    }

    /** As much of it as an option holds, cut between characters. */
    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int length = Math.min(bytes.length, LONGEST_OPTION);
        while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return length == bytes.length
                ? bytes
                : ByteBuffer.allocate(length).put(bytes, 0, length).array();
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static ByteBuffer integers(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
