package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;

/**
 * What a recording is to keep, found the simple way: everything is remembered, and the longest end
 * of it that the bounds allow, going back byte by byte, is what is left.
 */
final class Oracle {

    private static final int NO_BYTE = -1;

    private final int mostBytes;
    private final int mostEntries;
    private final List<Kind> entries = new ArrayList<>();

    /** All bytes and events in a row: of which entry each is, and the byte. */
    private int[] entryOf = new int[64];

    private int[] values = new int[64];
    private int count;

    Oracle(int mostBytes, int mostEntries) {
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
    }

    void bytes(Kind direction, byte[] bytes, int offset, int length) {
        if (length > 0) {
            entries.add(direction);
            for (int i = 0; i < length; i++) {
                add(bytes[offset + i] & 0xFF);
            }
        }
    }

    void event(Kind kind) {
        entries.add(kind);
        add(NO_BYTE);
    }

    private void add(int value) {
        if (count == values.length) {
            entryOf = Arrays.copyOf(entryOf, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        entryOf[count] = entries.size() - 1;
        values[count++] = value;
    }

    /** The entries that are kept, each with its bytes: as {@link #text} has them. */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        int at = firstKept();
        while (at < count) {
            int entry = entryOf[at];
            StringBuilder bytes = new StringBuilder();
            for (; at < count && entryOf[at] == entry; at++) {
                if (values[at] != NO_BYTE) {
                    bytes.append((char) values[at]);
                }
            }
            kept.add(entries.get(entry) + " " + bytes);
        }
        return kept;
    }

    /** An entry as far as it does not depend on time. */
    static String text(Transcript.Entry entry) {
        return entry.kind() + " " + new String(entry.bytes(), ISO_8859_1);
    }

    /** Those of {@link #kept} that went this way, joined. */
    String kept(Kind direction) {
        StringBuilder bytes = new StringBuilder();
        for (int i = firstKept(); i < count; i++) {
            if (values[i] != NO_BYTE && entries.get(entryOf[i]) == direction) {
                bytes.append((char) values[i]);
            }
        }
        return bytes.toString();
    }

    long dropped(Kind direction) {
        long dropped = 0;
        int end = firstKept();
        for (int i = 0; i < end; i++) {
            dropped += values[i] != NO_BYTE && entries.get(entryOf[i]) == direction ? 1 : 0;
        }
        return dropped;
    }

    long droppedEvents() {
        return Arrays.stream(values, 0, firstKept())
                .filter(value -> value == NO_BYTE)
                .count();
    }

    private int firstKept() {
        int first = count;
        int bytes = 0;
        while (first > 0) {
            bytes += values[first - 1] == NO_BYTE ? 0 : 1;
            if (bytes > mostBytes || entries.size() - entryOf[first - 1] > mostEntries) {
                break;
            }
            first--;
        }
        return first;
    }
}
