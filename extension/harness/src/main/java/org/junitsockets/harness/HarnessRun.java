package org.junitsockets.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run: in each location a discovery and an execution for each transport, and one for the tests that
 * choose themselves, all in one session of the launcher. For one use by one thread.
 */
final class HarnessRun {

    private static final String DISCOVERY = "test discovery";

    /**
     * What cannot be resolved ends the discovery by an exception on every version of JUnit, whatever
     * a junit-platform.properties says. The second parameter is unknown to 1.12, which has no issues.
     */
    private static final Map<String, String> STRICT_DISCOVERY = Map.of(
            LauncherDiscoveryRequestBuilder.DEFAULT_DISCOVERY_LISTENER_CONFIGURATION_PROPERTY_NAME,
            "abortOnFailure",
            "junit.platform.discovery.issue.failure.phase",
            "discovery");

    private final List<SuiteResult> suites = new ArrayList<>();
    private final List<TestFailure> failures = new ArrayList<>();
    private final Settings settings;
    private final Ticker ticker;
    private final ProgressWriter progress;

    HarnessRun(Settings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.progress = new ProgressWriter(settings.progress(), ticker);
    }

    HarnessResult run() {
        long start = ticker.nanoTime();
        List<String> notFound = settings.selection().unknownClasses();
        if (notFound.isEmpty()) {
            notFound = runInEachLocation();
        }
        return new HarnessResult(suites, failures, notFound, Duration.ofNanos(ticker.nanoTime() - start));
    }

    /** Returns a sentence for each selection without tests. */
    private List<String> runInEachLocation() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            Launcher launcher = session.getLauncher();
            if (settings.locations().isEmpty()) {
                return runOnEachTransport(null, launcher);
            }
            for (String location : settings.locations()) {
                List<String> notFound = runOnEachTransport(location, launcher);
                if (!notFound.isEmpty()) {
                    return notFound;
                }
            }
            return List.of();
        }
    }

    private List<String> runOnEachTransport(@Nullable String location, Launcher launcher) {
        if (settings.transports().isEmpty()) {
            return run(new Variant(location, null), null, launcher);
        }
        boolean someChoose = false;
        for (String transport : settings.transports()) {
            OwnTransports others = OwnTransports.none();
            List<String> notFound = run(new Variant(location, transport), others, launcher);
            if (!notFound.isEmpty()) {
                return notFound;
            }
            someChoose |= others.hasLeftOut();
        }
        return someChoose ? run(new Variant(location, null), OwnTransports.only(), launcher) : List.of();
    }

    private List<String> run(Variant variant, @Nullable OwnTransports kind, Launcher launcher) {
        TestsFound found = new TestsFound();
        UnloadableClasses unloadable = new UnloadableClasses();
        TestPlan plan;
        try {
            plan = launcher.discover(request(variant, kind, found, unloadable));
        } catch (JUnitException e) {
            failAsSuite(DISCOVERY, variant, e);
            return List.of();
        }
        boolean further = variant.transport() == null && kind != null;
        if (!further) { // else they have been said
            unloadable.found().forEach((name, cause) -> failAsSuite(name, variant, cause));
        }
        boolean elsewhere = kind != null && kind.hasLeftOut();
        List<String> notFound = settings.selection().withoutTests(found, plan.containsTests() || elsewhere);
        if (notFound.isEmpty() && plan.containsTests()) {
            execute(plan, variant, launcher);
        }
        return notFound;
    }

    private LauncherDiscoveryRequest request(
            Variant variant, @Nullable OwnTransports kind, TestsFound found, UnloadableClasses unloadable) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(settings.selection().selectors())
                .filters(unloadable, found)
                .filters(settings.selection().tagFilters())
                .configurationParameters(settings.parameters())
                .configurationParameters(STRICT_DISCOVERY);
        if (kind != null) {
            request.filters(kind);
        }
        if (variant.location() != null) {
            request.configurationParameter(Parameters.LOCATION, variant.location());
        }
        if (variant.transport() != null) {
            request.configurationParameter(Parameters.TRANSPORTS, variant.transport());
        }
        return request.build();
    }

    private void execute(TestPlan plan, Variant variant, Launcher launcher) {
        ResultRecorder recorder =
                new ResultRecorder(plan, variant, ticker, suite -> progress.println(Report.progressLine(suite)));
        Heartbeat heartbeat = new Heartbeat(plan, progress, ticker);
        List<TestExecutionListener> listeners = new ArrayList<>(List.of(recorder, heartbeat));
        @Nullable XmlReport xml = xmlReport(variant);
        if (xml != null) {
            listeners.add(xml.listener());
        }
        Ticker.Pulse pulse = ticker.every(Heartbeat.PERIOD, heartbeat::beat);
        try {
            launcher.execute(plan, listeners.toArray(TestExecutionListener[]::new));
        } finally {
            pulse.close();
        }
        suites.addAll(recorder.suites());
        failures.addAll(recorder.failures());
        if (xml != null) {
            xml.failure().ifPresent(failures::add);
        }
    }

    /** Into a directory of its own where another variant would write the same file. */
    private @Nullable XmlReport xmlReport(Variant variant) {
        @Nullable Path directory = settings.reportsDirectory();
        if (directory == null) {
            return null;
        }
        if (settings.locations().size() > 1) {
            directory = directory.resolve(variant.locationLabel());
        }
        boolean own = variant.transport() == null && !settings.transports().isEmpty();
        if (own || settings.transports().size() > 1) {
            directory = directory.resolve(variant.transportLabel());
        }
        return new XmlReport(directory, variant);
    }

    private void failAsSuite(String name, Variant variant, Throwable cause) {
        suites.add(new SuiteResult(name, variant.location(), variant.transport(), 0, 1, List.of(), Duration.ZERO));
        failures.add(new TestFailure(name, name, variant.location(), variant.transport(), cause));
    }
}
