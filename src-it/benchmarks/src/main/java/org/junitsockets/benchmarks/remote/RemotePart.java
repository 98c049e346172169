package org.junitsockets.benchmarks.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.first.FreshJvm;
import org.junitsockets.benchmarks.jupiter.Suite;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Interleaved;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Statistics;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;
import org.opentest4j.TestAbortedException;

/** What a test takes whose server is in a container: the first of a session, and each further one. */
public final class RemotePart implements Part {

    static final Map<String, String> IN_CONTAINER = Map.of("junitsockets.location", "container");

    private static final Map<String, String> HERE = Map.of();

    /** How much longer than here a further test may take there. */
    private static final int MOST_MORE_MILLIS = 50;

    private final Effort suites;
    private final Effort containers;

    /**
     * Makes the part.
     *
     * @param suites of tests in a session that is open
     * @param containers of tests that begin a container
     */
    public RemotePart(Effort suites, Effort containers) {
        this.suites = suites;
        this.containers = containers;
    }

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public void run(Table table) throws Exception {
        First first;
        try {
            first = begin();
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TestAbortedException)) {
                throw e; // also where containers are required
            }
            table.note("remote: left out: " + e.getCause().getMessage());
            return;
        }
        System.setProperty(Suites.IMAGE, first.recipe().image());
        System.setProperty(Suites.JAVA, first.recipe().java());
        freshJvms(table, first);
        sessions(table);
        try (LauncherSession session = LauncherFactory.openSession()) {
            further(table, session.getLauncher());
        }
    }

    /**
     * The first of all tests, for which an image may have to be built.
     *
     * @param recipe of its container
     */
    private record First(Recipe recipe, boolean imageWasBuilt, double seconds) {}

    private static First begin() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            Instant begun = Instant.now();
            long start = System.nanoTime();
            one("the first of all", IN_CONTAINER, session.getLauncher()).run();
            double seconds = (System.nanoTime() - start) / 1e9;
            Recipe recipe = Recipe.ofSession();
            return new First(recipe, recipe.created().isAfter(begun), seconds);
        }
    }

    /** With classes that are to be loaded, and an engine that is to be found, as in a build. */
    private void freshJvms(Table table, First first) throws Exception {
        FreshJvm there = fresh("Echo, container", FirstTest.REMOTE);
        FreshJvm here = fresh("Echo, in-process", FirstTest.LOCAL);
        FreshJvm plain = fresh("@Testcontainers", FirstTest.plain(first.recipe()));
        Series series = FreshJvm.measure(List.of(there, here, plain), containers.rounds());
        String what = "remote, first in a JVM";
        table.add(series.compare(what, there, here, Target.NONE));
        table.add(series.compare(what, there, plain, Target.NONE));
        table.note(
                first.imageWasBuilt()
                        ? String.format(
                                Locale.ROOT,
                                "remote: once per engine, the image is built: the first of all took %.1f s more",
                                first.seconds() - series.median(there) / 1e6)
                        : "remote: the engine had the image");
    }

    private static FreshJvm fresh(String name, List<String> arguments) {
        return new FreshJvm(name, FirstTest.class, arguments, Jvm.CLASS_PATH);
    }

    /** With no other session open: they would share what they have. */
    private void sessions(Table table) throws Exception {
        OwnSession there = new OwnSession("Echo, container, with its end", IN_CONTAINER);
        OwnSession here = new OwnSession("Echo, in-process", HERE);
        Candidate plain = plain();
        Series series = new Interleaved(containers).measure(List.of(there, here, plain));
        String what = "remote, session of one";
        table.add(series.compare(what, there, here, Target.NONE));
        table.add(series.compare(what, there, plain, Target.NONE));
        table.note(String.format(
                Locale.ROOT,
                "remote: of that the test %.0f ms, the end of the session %.0f ms",
                there.testMillis(containers.rounds()).median(),
                there.endMillis(containers.rounds()).median()));
    }

    private void further(Table table, Launcher launcher) throws Exception {
        Candidate there = suite("Echo, container", Suites.Many.class, IN_CONTAINER, launcher);
        Candidate here = suite("Echo, in-process", Suites.Many.class, HERE, launcher);
        Candidate scriptThere = suite("a script, container", Suites.Scripted.class, IN_CONTAINER, launcher);
        Candidate scriptHere = suite("a script, in-process", Suites.Scripted.class, HERE, launcher);
        Series series = new Interleaved(suites).measure(List.of(there, here, scriptThere, scriptHere));
        String what = "remote, each further";
        table.add(series.compare(what, there, here, Target.NONE));
        more(table, there, series.difference(there, here));
        table.add(series.compare(what, scriptThere, scriptHere, Target.NONE));
        more(table, scriptThere, series.difference(scriptThere, scriptHere));
        Candidate plain = plain();
        Series withPlain = new Interleaved(containers).measure(List.of(there, plain));
        table.add(withPlain.compare(what, there, plain, Target.timesLess(10)));
    }

    private static void more(Table table, Candidate there, Statistics micros) {
        table.outcome(
                "remote, each further",
                String.format(
                        Locale.ROOT,
                        "%s: %.1f ms more than in-process (%.1f - %.1f), expected at most %d",
                        there.name(),
                        micros.median() / 1e3,
                        micros.lowerQuartile() / 1e3,
                        micros.upperQuartile() / 1e3,
                        MOST_MORE_MILLIS),
                micros.median() <= MOST_MORE_MILLIS * 1e3);
    }

    /** In sessions of its own, which are none of its business. */
    private static Candidate plain() {
        return Suite.of("@Testcontainers", Suites.ContainerForEach.class, 1, HERE, LauncherFactory.create());
    }

    static Suite one(String name, Map<String, String> parameters, Launcher launcher) {
        return Suite.of(name, Suites.One.class, 1, parameters, launcher);
    }

    private static Suite suite(String name, Class<?> tests, Map<String, String> parameters, Launcher launcher) {
        return Suite.of(name, tests, Suites.TESTS, parameters, launcher);
    }
}
