package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Runs test suites on the JUnit Platform, once for each transport in each location, and reports.
 *
 * <p>For instance, all suites of a package over IPv4 and then over IPv6:
 *
 * <pre>{@code
 * HarnessResult result = Harness.builder()
 *         .selectPackage("org.example")
 *         .transports("TCP", "TCP6")
 *         .deadline("2s")
 *         .progress(System.out)
 *         .build()
 *         .run();
 * System.out.print(result.report());
 * }</pre>
 *
 * <p>Immutable: it can be run again, and by several threads.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Harness {

    private final Settings settings;
    private final Ticker ticker;

    Harness(Settings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    /**
     * Starts to say what to run and how.
     *
     * @return a builder that has nothing selected yet
     */
    public static HarnessBuilder builder() {
        return new HarnessBuilder(Ticker.SYSTEM);
    }

    /**
     * Runs what was selected, and waits for its end. Nothing that goes wrong in a test, a class or a
     * report is thrown: it is in the result. If one of the selections holds no test, nothing is run.
     *
     * @return what the run came to
     * @throws org.junit.platform.commons.JUnitException if there is no test engine on the class path
     */
    public HarnessResult run() {
        return new HarnessRun(settings, ticker).run();
    }
}
