package org.junitsockets.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * The command line.
 *
 * @param brief only to see that it works
 * @param only the parts to run; empty for all
 */
record Options(boolean brief, List<String> only) {

    static Options parse(String... args) {
        boolean brief = false;
        List<String> only = List.of();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--short")) {
                brief = true;
            } else if (args[i].equals("--only") && i + 1 < args.length) {
                only = Arrays.asList(args[++i].split(","));
            } else {
                throw new IllegalArgumentException(
                        "found '" + args[i] + "' (expected: --short, --only with names of parts)");
            }
        }
        return new Options(brief, only);
    }

    boolean wants(Part part) {
        return only.isEmpty() || only.contains(part.name());
    }
}
