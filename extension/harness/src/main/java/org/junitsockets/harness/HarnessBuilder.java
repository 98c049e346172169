package org.junitsockets.harness;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;

/**
 * Says what a {@link Harness} runs, and how. Every value is checked when it is given, so that a
 * mistake is found before the first test runs:
 *
 * <pre>{@code
 * Harness.builder().deadline("5 parsecs");
 * // deadline: found '5 parsecs' (expected: a duration such as 500ms, 5s, 2m or PT5S)
 * }</pre>
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class HarnessBuilder {

    private final List<DiscoverySelector> selectors = new ArrayList<>();
    private final List<String> includedTags = new ArrayList<>();
    private final List<String> excludedTags = new ArrayList<>();
    private final Set<String> locations = new LinkedHashSet<>();
    private final Set<String> transports = new LinkedHashSet<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Ticker ticker;
    private @Nullable Path reportsDirectory;
    private Appendable progress = Writer.nullWriter();

    HarnessBuilder(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Selects every test class of a package and its sub-packages, whatever its name. May be called
     * several times.
     *
     * @param name of the package, such as {@code org.example}
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public HarnessBuilder selectPackage(String name) {
        selectors.add(DiscoverySelectors.selectPackage(requireText("package", name)));
        return this;
    }

    /**
     * Selects a test class and what is nested in it. May be called several times.
     *
     * @param name of the class, such as {@code org.example.EchoTests}
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public HarnessBuilder selectClass(String name) {
        selectors.add(DiscoverySelectors.selectClass(requireText("class", name)));
        return this;
    }

    /**
     * Selects a test class and what is nested in it. May be called several times.
     *
     * @param type the class
     * @return this builder
     */
    public HarnessBuilder selectClass(Class<?> type) {
        selectors.add(DiscoverySelectors.selectClass(requireNonNull(type, "type")));
        return this;
    }

    /**
     * Keeps only tests with this tag. When called several times, a test needs one of the tags.
     *
     * @param expression a tag, or an expression such as {@code slow & !ipv6}
     * @return this builder
     * @throws IllegalArgumentException if this is neither
     */
    public HarnessBuilder includeTag(String expression) {
        includedTags.add(requireTag("included tag", expression));
        return this;
    }

    /**
     * Leaves out tests with this tag. When called several times, a test must have none of the tags.
     *
     * @param expression a tag, or an expression such as {@code slow & !ipv6}
     * @return this builder
     * @throws IllegalArgumentException if this is neither
     */
    public HarnessBuilder excludeTag(String expression) {
        excludedTags.add(requireTag("excluded tag", expression));
        return this;
    }

    /**
     * Runs all suites once over each of these transports, in this order: each run has the
     * configuration parameter {@code junitsockets.transports} set to one of them. Without any, there
     * is one run that leaves the parameter alone.
     *
     * <p>Tests that choose their transports themselves, by {@code @EachTransport}, are left out of
     * these runs, and run once after them, in each location.
     *
     * @param names of constants of {@link org.junitsockets.Transport}, in upper or lower case; one that
     *     was already given is not added again
     * @return this builder
     * @throws IllegalArgumentException if there is no such transport
     */
    public HarnessBuilder transports(String... names) {
        for (String name : names) {
            transports.add(TransportNames.canonical("transport", name));
        }
        return this;
    }

    /**
     * Runs all suites once with their peers in each of these locations, in this order, and there over each
     * of the transports: each run has the configuration parameter {@code junitsockets.location} set to one
     * of them. Without any, the parameter is left alone. All runs are in one launcher session, so that what
     * lives as long as a session, such as its container, is started once.
     *
     * @param names {@code in-process} or {@code container}, which needs the artifact {@code
     *     junit-sockets-testcontainers}; one that was already given is not added again
     * @return this builder
     * @throws IllegalArgumentException if there is no such location, or nothing on the class path supplies it
     */
    public HarnessBuilder locations(String... names) {
        for (String name : names) {
            locations.add(LocationNames.canonical(name));
        }
        return this;
    }

    /**
     * Says what may not be skipped, {@code junitsockets.require}: a test that cannot have one of these
     * transports, or the location {@code container} if that is among them, fails.
     *
     * @param names {@code container}, or of constants of {@link org.junitsockets.Transport}, in upper or
     *     lower case; those of an earlier call no longer count
     * @return this builder
     * @throws IllegalArgumentException if it is neither
     */
    public HarnessBuilder require(String... names) {
        return configurationParameter(Parameters.REQUIRE, String.join(",", names));
    }

    /**
     * Sets where all random choices come from, {@code junitsockets.seed}.
     *
     * @param seed as printed by the failure to be repeated
     * @return this builder
     */
    public HarnessBuilder seed(long seed) {
        return configurationParameter(Parameters.SEED, Long.toString(seed));
    }

    /**
     * Sets what every wait is bounded by, {@code junitsockets.deadline}.
     *
     * @param deadline such as {@code 500ms}, {@code 5s}, {@code 2m} or {@code PT5S}; up to a day
     * @return this builder
     * @throws IllegalArgumentException if this is not such a duration
     */
    public HarnessBuilder deadline(String deadline) {
        return configurationParameter(Parameters.DEADLINE, deadline);
    }

    /**
     * Sets a configuration parameter, as a {@code junit-platform.properties} would; of two values for
     * the same parameter the later one counts.
     *
     * @param key the name of the parameter
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if the name is blank, or if this is one of the parameters
     *     above and cannot have this value
     */
    public HarnessBuilder configurationParameter(String key, String value) {
        Parameters.requireValid(requireText("configuration parameter", key), requireNonNull(value, "value"));
        parameters.put(key, value);
        return this;
    }

    /**
     * Writes JUnit XML into this directory; if there are several locations, into a sub-directory for each,
     * and if there are several transports, into one for each in that. That of tests that choose their
     * transports themselves is called {@code own}.
     *
     * @param directory which is created if it is not there
     * @return this builder
     * @throws IllegalArgumentException if there is no such directory and none can be created
     */
    public HarnessBuilder reportsDirectory(Path directory) {
        try {
            reportsDirectory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "reports directory: found '" + directory + "' (expected: a directory, or where one can be created)",
                    e);
        }
        return this;
    }

    /**
     * Writes a line for each suite that ends, and one that says what is running whenever there was
     * none for 10 seconds.
     *
     * @param out such as {@code System.out}; after an {@code IOException} nothing more is written to it
     * @return this builder
     */
    public HarnessBuilder progress(Appendable out) {
        progress = requireNonNull(out, "out");
        return this;
    }

    /**
     * Creates the harness.
     *
     * @return a harness that later calls of this builder do not change
     * @throws IllegalArgumentException if neither a class nor a package is selected
     */
    public Harness build() {
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("selection: found nothing (expected: at least one package or class)");
        }
        Selection selection = new Selection(selectors, includedTags, excludedTags);
        return new Harness(
                new Settings(
                        selection,
                        List.copyOf(locations),
                        List.copyOf(transports),
                        parameters,
                        reportsDirectory,
                        progress),
                ticker);
    }

    private static String requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + ": found '" + text + "' (expected: a name)");
        }
        return text;
    }

    private static String requireTag(String what, String expression) {
        try {
            TagFilter.includeTags(expression);
        } catch (JUnitException e) {
            throw new IllegalArgumentException(
                    what + ": found '" + expression + "' (expected: a tag, or an expression such as slow & !ipv6)", e);
        }
        return expression;
    }
}
