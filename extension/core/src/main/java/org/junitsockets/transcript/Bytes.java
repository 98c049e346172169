package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes in messages: as text and as hex, long ones shortened. */
public final class Bytes {

    private static final int MOST_SHOWN = 48;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private Bytes() {}

    /** Such as {@code 6 bytes "PING\r\n" [50 49 4e 47 0d 0a]}. */
    public static String describe(byte[] bytes) {
        return describe(bytes, bytes.length);
    }

    /** The same for the beginning of something longer. */
    public static String describe(byte[] head, long total) {
        String count = total == 1 ? "1 byte" : total + " bytes";
        if (head.length == 0) {
            return count;
        }
        byte[] shown = head.length > MOST_SHOWN ? Arrays.copyOf(head, MOST_SHOWN) : head;
        String more = shown.length < total ? "..." : "";
        return count + " \"" + escape(shown) + more + "\" [" + HEX.formatHex(shown) + (more.isEmpty() ? "" : " ...")
                + "]";
    }

    /** In one form only, and at most so long: as text where that is what it mostly is, else as hex. */
    public static String brief(byte[] bytes, int width) {
        String count = (bytes.length == 1 ? "1 byte" : bytes.length + " bytes") + " ";
        int room = Math.max(8, width - count.length() - 5);
        StringBuilder text = new StringBuilder();
        int shown = 0;
        boolean asText = isMostlyText(bytes);
        while (shown < bytes.length) {
            String next = asText ? escape(bytes[shown]) : (shown == 0 ? "" : " ") + HEX.toHexDigits(bytes[shown]);
            if (text.length() + next.length() > room) {
                break;
            }
            text.append(next);
            shown++;
        }
        String more = shown < bytes.length ? (asText ? "..." : " ...") : "";
        return count + (asText ? '"' + text.toString() + more + '"' : "[" + text + more + "]");
    }

    private static boolean isMostlyText(byte[] bytes) {
        int looked = Math.min(bytes.length, 256);
        int text = 0;
        for (int i = 0; i < looked; i++) {
            text += (bytes[i] >= ' ' && bytes[i] < 127) || bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == '\t'
                    ? 1
                    : 0;
        }
        return text * 4 >= looked * 3;
    }

    /** A text for messages, in quotes, with escapes. */
    public static String quote(String text) {
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text;
        return '"' + escape(shown.getBytes(UTF_8)) + (shown.length() < text.length() ? "...\"" : "\"");
    }

    /** Two byte sequences one above the other, and where they part. */
    public static String difference(byte[] expected, byte[] actual, int at) {
        int from = Math.max(0, at - MOST_SHOWN / 2);
        String place = from == 0 ? "" : "  (from byte " + from + ")";
        return "\n  expected: " + describe(tail(expected, from), expected.length) + place
                + "\n   but was: " + describe(tail(actual, from), actual.length) + place
                + "\n  first difference at byte " + at;
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(escape(value));
        }
        return text.toString();
    }

    private static String escape(byte value) {
        return switch (value) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> value >= ' ' && value < 127 ? String.valueOf((char) value) : String.format("\\x%02x", value);
        };
    }
}
