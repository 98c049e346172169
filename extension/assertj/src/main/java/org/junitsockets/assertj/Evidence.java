package org.junitsockets.assertj;

import java.util.List;
import java.util.StringJoiner;
import org.junitsockets.transcript.Snapshot;

/** The part of a conversation that a failure shows. */
final class Evidence {

    private static final int MOST_CONNECTIONS = 4;

    private Evidence() {}

    /** The ends of all of it, if there are not too many. */
    static String of(Snapshot snapshot) {
        List<Snapshot> all = snapshot.connections();
        if (all.isEmpty()) {
            return "            (no connection was made)";
        }
        if (all.size() == 1) {
            return end(all.get(0));
        }
        StringJoiner shown = new StringJoiner("\n");
        for (Snapshot one : all.subList(0, Math.min(all.size(), MOST_CONNECTIONS))) {
            shown.add(numbered(one, end(one)));
        }
        if (all.size() > MOST_CONNECTIONS) {
            shown.add("... and " + (all.size() - MOST_CONNECTIONS) + " more connections");
        }
        return shown.toString();
    }

    /** What is next to one entry, with the number of the connection where there are several. */
    static String around(int entry, Snapshot one, Snapshot all) {
        String shown = one.around(entry);
        return all.connections().size() == 1 ? shown : numbered(one, shown);
    }

    private static String end(Snapshot one) {
        return one.around(one.entries().size() - 1);
    }

    private static String numbered(Snapshot one, String shown) {
        return one.entries().isEmpty()
                ? shown
                : "connection " + one.entries().get(0).connection() + "\n" + shown;
    }
}
