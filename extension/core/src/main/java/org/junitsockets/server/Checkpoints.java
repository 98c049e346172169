package org.junitsockets.server;

import java.util.LinkedHashSet;
import java.util.Set;

/** The points that were reached, in their order. Guarded by its server's lock. */
final class Checkpoints {

    private final Set<String> reached = new LinkedHashSet<>();

    void reach(String name) {
        reached.add(name);
    }

    boolean isReached(String name) {
        return reached.contains(name);
    }

    Set<String> reached() {
        return new LinkedHashSet<>(reached);
    }

    @Override
    public String toString() {
        return reached.isEmpty() ? "none was reached" : "reached were " + reached;
    }
}
