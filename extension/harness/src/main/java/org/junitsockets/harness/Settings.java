package org.junitsockets.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run needs to know.
 *
 * @param selection which suites to run
 * @param locations where the peers are to run, one after the other; empty for runs that do not say
 * @param transports what to run them over, one after the other; empty for one run that does not say
 * @param parameters configuration parameters of every run
 * @param reportsDirectory where the JUnit XML goes, if anywhere
 * @param progress where the lines go that say how the run is doing
 */
record Settings(
        Selection selection,
        List<String> locations,
        List<String> transports,
        Map<String, String> parameters,
        @Nullable Path reportsDirectory,
        Appendable progress) {

    Settings {
        locations = List.copyOf(locations);
        transports = List.copyOf(transports);
        parameters = Map.copyOf(parameters);
    }
}
