package org.junitsockets.raw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What was observed, in words that do not depend on who was asked. */
final class Seen {

    private final List<String> lines = new ArrayList<>();

    /** What a call returns, or what it throws. */
    void of(String call, Callable<?> run) {
        try {
            lines.add(call + ": " + run.call());
        } catch (Exception e) {
            lines.add(call + ": " + e);
        }
    }

    interface Work {
        void run() throws Exception;
    }

    /** Whether a call returns, or what it throws. */
    void ofRunning(String call, Work work) {
        of(call, () -> {
            work.run();
            return "done";
        });
    }

    List<String> lines() {
        return lines;
    }

    /** The lines with the ports by name, which differ each time. */
    List<String> lines(RawPair pair) {
        return lines.stream()
                .map(line -> line.replace(String.valueOf(pair.server.getLocalPort()), "<server>")
                        .replace(String.valueOf(pair.accepted.getPort()), "<client>"))
                .toList();
    }
}
