package org.junitsockets.transcript;

import java.util.List;
import java.util.Locale;

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
    private static final String EMPTY = "  |" + " ".repeat(WIDTH) + "|";

    private final Snapshot snapshot;
    private final StringBuilder lines = new StringBuilder();

    private Ladder(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static String of(Snapshot snapshot) {
        return new Ladder(snapshot.masked()).draw();
    }

    private String draw() {
        lines.append("        ms  client").append(" ".repeat(WIDTH - 8)).append("server");
        String dropped = snapshot.dropped();
        if (!dropped.isEmpty()) {
            lines.append("\n            (").append(dropped).append(")");
        }
        List<Step> steps = Step.of(snapshot);
        long zero = Step.zero(steps);
        int left = steps.size() - FIRST_SHOWN - LAST_SHOWN;
        for (int i = 0; i < steps.size(); i++) {
            if (left > 1 && i == FIRST_SHOWN) { // one would take as much room as what is said instead
                leftOut(steps.subList(i, i + left));
                i += left;
            }
            draw(steps.get(i), zero);
        }
        return lines.toString();
    }

    private void leftOut(List<Step> steps) {
        long bytes =
                steps.stream().mapToLong(step -> step.entry().bytes().length).sum();
        lines.append("\n            ... ")
                .append(steps.size())
                .append(" entries with ")
                .append(bytes)
                .append(bytes == 1 ? " byte" : " bytes")
                .append(" are left out here");
    }

    private void draw(Step step, long zero) {
        lines.append('\n')
                .append(String.format(Locale.ROOT, "%10.3f", (step.entry().nanoTime() - zero) / 1e6))
                .append("  ")
                .append(rung(step));
        if (!step.note().isEmpty()) {
            lines.append("  ")
                    .append(snapshot.isOfServer() ? "server: " : "client: ")
                    .append(step.note());
        }
    }

    private static String rung(Step step) {
        return switch (step.sign()) {
            case BYTES -> arrow(Bytes.brief(step.entry().bytes(), WIDTH - 12), !step.toServer());
            case FIN, RST -> arrow(step.sign().name(), !step.toServer());
            case NONE -> EMPTY;
        };
    }

    private static String arrow(String text, boolean toClient) {
        String line = "-".repeat(Math.max(2, WIDTH - text.length() - 5));
        return toClient ? "  |<" + line + " " + text + " --|" : "  |-- " + text + " " + line + ">|";
    }
}
