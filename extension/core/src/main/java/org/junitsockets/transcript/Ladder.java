package org.junitsockets.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;

/**
 * Draws one conversation for a message: the client on the left, the server on the right, a line per
 * entry, times in milliseconds from the first byte.
 *
 * <pre>
 *           ms  client                                          server
 *       -0.112    |                                               |  server: accepted
 *        0.000    |-- 6 bytes "PING\r\n" ------------------------>|
 *        0.214    |<------------------------ 6 bytes "PONG\r\n" --|
 *        0.380    |<-- RST ---------------------------------------|  server: rst()
 * </pre>
 */
final class Ladder {

    private static final int WIDTH = 64;
    private static final int FIRST_SHOWN = 12;
    private static final int LAST_SHOWN = 28;
    private static final int AROUND = 4;
    private static final String EMPTY = "  |" + " ".repeat(WIDTH) + "|";

    private static final Set<Kind> ENDING = Set.of(Kind.HALF_CLOSED, Kind.CLOSED, Kind.RESET, Kind.RESET_RECEIVED);

    private final Snapshot snapshot;
    private final StringBuilder lines = new StringBuilder();

    /** Whether this end has nothing more to send, so that its close is no further FIN. */
    private boolean ended;

    private Ladder(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static String of(Snapshot snapshot) {
        int last = snapshot.entries().size() - LAST_SHOWN;
        return new Ladder(snapshot.masked()).draw(at -> at < FIRST_SHOWN || at >= last);
    }

    /** Draws only what is next to one of the entries. */
    static String around(Snapshot snapshot, int place) {
        return new Ladder(snapshot.masked()).draw(at -> Math.abs(at - place) <= AROUND);
    }

    private String draw(IntPredicate shown) {
        lines.append("        ms  client").append(" ".repeat(WIDTH - 8)).append("server");
        dropped();
        List<Entry> entries = snapshot.entries();
        long zero = firstByte(entries);
        int at = 0;
        while (at < entries.size()) {
            int next = at;
            while (next < entries.size() && !shown.test(next)) {
                next++;
            }
            if (next > at) {
                leftOut(entries.subList(at, next));
            } else {
                draw(entries.get(next++), zero);
            }
            at = next;
        }
        return lines.toString();
    }

    private void dropped() {
        List<String> all = new ArrayList<>();
        count(all, snapshot.droppedReceived(), "bytes received");
        count(all, snapshot.droppedSent(), "bytes sent");
        count(all, snapshot.droppedEvents(), "events");
        if (!all.isEmpty()) {
            lines.append("\n            (before this, ")
                    .append(String.join(", ", all))
                    .append(" were dropped: junitsockets.transcript.size)");
        }
    }

    private static void count(List<String> all, long count, String what) {
        if (count > 0) {
            all.add(count + " " + what);
        }
    }

    private void leftOut(List<Entry> entries) {
        long bytes = entries.stream().mapToLong(entry -> entry.bytes().length).sum();
        lines.append("\n            ... ")
                .append(entries.size() == 1 ? "1 entry" : entries.size() + " entries")
                .append(" with ")
                .append(bytes == 1 ? "1 byte" : bytes + " bytes")
                .append(entries.size() == 1 ? " is left out here" : " are left out here");
        ended |= entries.stream().anyMatch(entry -> ENDING.contains(entry.kind()));
    }

    private static long firstByte(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.bytes().length > 0)
                .findFirst()
                .or(() -> entries.stream().findFirst())
                .map(Entry::nanoTime)
                .orElse(0L);
    }

    private void draw(Entry entry, long zero) {
        lines.append('\n')
                .append(String.format(Locale.ROOT, "%10.3f", (entry.nanoTime() - zero) / 1e6))
                .append("  ")
                .append(rung(entry))
                .append(note(entry));
        ended |= ENDING.contains(entry.kind());
    }

    private String rung(Entry entry) {
        return switch (entry.kind()) {
            case RECEIVED -> arrow(Bytes.brief(entry.bytes(), WIDTH - 12), !snapshot.isOfServer());
            case SENT -> arrow(Bytes.brief(entry.bytes(), WIDTH - 12), snapshot.isOfServer());
            case FIN_RECEIVED -> arrow("FIN", !snapshot.isOfServer());
            case RESET_RECEIVED -> arrow("RST", !snapshot.isOfServer());
            case HALF_CLOSED, CLOSED -> ended ? EMPTY : arrow("FIN", snapshot.isOfServer());
            case RESET -> arrow("RST", snapshot.isOfServer());
            default -> EMPTY;
        };
    }

    private static String arrow(String text, boolean toClient) {
        String line = "-".repeat(Math.max(2, WIDTH - text.length() - 5));
        return toClient ? "  |<" + line + " " + text + " --|" : "  |-- " + text + " " + line + ">|";
    }

    private String note(Entry entry) {
        String what = switch (entry.kind()) {
            case CONNECTED -> "connected";
            case ACCEPTED -> "accepted";
            case SERVED -> "served by " + entry.detail();
            case HALF_CLOSED -> "shutdownOutput()";
            case TIMED_OUT -> "timed out in " + entry.detail();
            case CHECKPOINT -> "checkpoint '" + entry.detail() + "'";
            default -> entry.detail();
        };
        return what.isEmpty() ? "" : "  " + (snapshot.isOfServer() ? "server: " : "client: ") + what;
    }
}
