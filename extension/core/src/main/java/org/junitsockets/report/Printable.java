package org.junitsockets.report;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What others sent or said, so that it can do nothing to whoever looks at it: no controls, no changes of direction. */
final class Printable {

    private final StringBuilder text = new StringBuilder();

    private Printable() {}

    /** A text of several lines, with escapes where a character cannot be seen. */
    static String lines(String text) {
        Printable printable = new Printable();
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                printable.text.append((char) point);
            } else {
                printable.add(point);
            }
        });
        return printable.text.toString();
    }

    /** A text of one line. */
    static String line(String text) {
        return lines(text).replace("\n", "\\n").replace("\t", "\\t");
    }

    /** Bytes as text, as far as they are UTF-8; at most so many of them. */
    static String utf8(byte[] bytes, int most) {
        boolean shortened = bytes.length > most;
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, shortened ? most : bytes.length);
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        Printable printable = new Printable();
        CoderResult result;
        do {
            result = decoder.decode(in, out, true);
            out.flip().codePoints().forEach(printable::add);
            out.clear();
            for (int i = 0; result.isError() && i < result.length(); i++) {
                printable.escape(in.get());
            }
        } while (result.isError());
        return printable.text + (shortened ? "..." : "");
    }

    /** Whether it is rather text than anything else, judged by its beginning. */
    static boolean isMostlyText(byte[] bytes) {
        byte[] head = bytes.length > 256 ? Arrays.copyOf(bytes, 256) : bytes;
        String text = new String(head, StandardCharsets.UTF_8);
        long seen = text.codePoints()
                .filter(point -> point == '\r' || point == '\n' || point == '\t' || !isUnseen(point))
                .filter(point -> point != 0xFFFD)
                .count();
        return seen * 4 >= text.codePointCount(0, text.length()) * 3L;
    }

    private void add(int point) {
        switch (point) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            default -> {
                if (!isUnseen(point)) {
                    text.appendCodePoint(point);
                } else if (point < 0x100) {
                    escape((byte) point);
                } else {
                    text.append(String.format("\\u%04x", point));
                }
            }
        }
    }

    private void escape(byte value) {
        text.append(String.format("\\x%02x", value));
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
