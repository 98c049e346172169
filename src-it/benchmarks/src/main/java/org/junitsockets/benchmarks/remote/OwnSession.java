package org.junitsockets.benchmarks.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Statistics;

/** A session of one test: the container that this has is begun and ended with it. */
final class OwnSession implements Candidate {

    private final String name;
    private final Map<String, String> parameters;
    private final List<Double> test = new ArrayList<>();
    private final List<Double> end = new ArrayList<>();

    OwnSession(String name, Map<String, String> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long tested;
        try (LauncherSession session = LauncherFactory.openSession()) {
            RemotePart.one(name, parameters, session.getLauncher()).run();
            tested = System.nanoTime();
        }
        test.add((tested - start) / 1e6);
        end.add((System.nanoTime() - tested) / 1e6);
    }

    /** How long the test took in the last runs. */
    Statistics testMillis(int runs) {
        return last(runs, test);
    }

    /** How long the end of the session took after that. */
    Statistics endMillis(int runs) {
        return last(runs, end);
    }

    private static Statistics last(int runs, List<Double> millis) {
        return Statistics.of(millis.subList(millis.size() - runs, millis.size()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
