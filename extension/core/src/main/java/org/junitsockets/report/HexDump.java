package org.junitsockets.report;

import java.util.HexFormat;

/** Bytes in rows of 16: where they are, as hex, and as text as far as they are printable ASCII. */
final class HexDump {

    static final int WIDTH = 16;

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final byte[] bytes;
    private final int digits;

    HexDump(byte[] bytes) {
        this.bytes = bytes;
        this.digits = bytes.length <= 0x10000 ? 4 : 8;
    }

    int rows() {
        return (bytes.length + WIDTH - 1) / WIDTH;
    }

    String offset(int row) {
        return HEX.toHexDigits((long) row * WIDTH, digits);
    }

    String hex(int row) {
        return HEX.formatHex(bytes, row * WIDTH, end(row));
    }

    /** One character for each byte, the given one for those that have none. */
    String text(int row, char other) {
        StringBuilder text = new StringBuilder(WIDTH);
        for (int i = row * WIDTH; i < end(row); i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : other);
        }
        return text.toString();
    }

    private int end(int row) {
        return Math.min(bytes.length, (row + 1) * WIDTH);
    }
}
