package org.junitsockets.harness;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the command line, translated for the {@link HarnessBuilder}. */
@Command(
        name = "junit-sockets-harness",
        description = "Runs test suites, once for each transport in each location, and reports.",
        mixinStandardHelpOptions = true,
        versionProvider = HarnessVersion.class,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.BAD_OPTIONS,
        exitCodeOnExecutionException = ExitCode.FAILURES,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.ALL_PASSED + ":all tests passed or were skipped",
            ExitCode.FAILURES + ":something failed",
            ExitCode.BAD_OPTIONS + ":the options were not understood",
            ExitCode.NO_TEST_FOUND + ":no test found"
        })
final class HarnessCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    private CommandSpec spec;

    @Option(
            names = {"-p", "--select-package"},
            paramLabel = "NAME",
            description = "Select all suites of a package and its sub-packages. Repeatable.")
    private List<String> packages = new ArrayList<>();

    @Option(
            names = {"-c", "--select-class"},
            paramLabel = "NAME",
            description = "Select a suite by the name of its class. Repeatable.")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = {"-t", "--include-tag"},
            paramLabel = "TAG",
            description = "Run only tests with this tag or tag expression. Repeatable: one must match.")
    private List<String> includedTags = new ArrayList<>();

    @Option(
            names = {"-T", "--exclude-tag"},
            paramLabel = "TAG",
            description = "Leave out tests with this tag or tag expression. Repeatable: none may match.")
    private List<String> excludedTags = new ArrayList<>();

    @Option(
            names = "--transport",
            split = ",",
            paramLabel = "NAME",
            description = "Run all suites over this transport, such as TCP or TCP6. Repeatable: one run for each,"
                    + " and one more for tests that choose themselves, by @EachTransport.")
    private List<String> transports = new ArrayList<>();

    @Option(
            names = "--require",
            split = ",",
            paramLabel = "NAME",
            description = "Fail tests that cannot have this transport, or a container, instead of skipping them."
                    + " Repeatable.")
    private List<String> required = new ArrayList<>();

    @Option(
            names = "--location",
            split = ",",
            paramLabel = "NAME",
            description = "Run all suites with their peers there: in-process or container. Repeatable: one run for"
                    + " each, over each transport.")
    private List<String> locations = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Where all random choices come from.")
    private @Nullable Long seed;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "What every wait is bounded by: 500ms, 5s, 2m or PT5S.")
    private @Nullable String deadline;

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "Set a configuration parameter. Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--reports-dir", paramLabel = "DIR", description = "Write JUnit XML into this directory.")
    private @Nullable Path reportsDirectory;

    @Option(names = "--details", description = "Report failures with their whole stack traces.")
    private boolean details;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Harness harness = harness(out);
        HarnessResult result;
        try {
            result = harness.run();
        } catch (JUnitException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.FAILURES;
        }
        if (!result.suites().isEmpty()) {
            out.println();
        }
        out.print(new Report(result, details ? Report.Traces.FULL : Report.Traces.FIRST_LINES));
        out.flush();
        return result.exitCode();
    }

    private Harness harness(PrintWriter out) {
        try {
            HarnessBuilder builder = Harness.builder().progress(out);
            packages.forEach(builder::selectPackage);
            classes.forEach(builder::selectClass);
            includedTags.forEach(builder::includeTag);
            excludedTags.forEach(builder::excludeTag);
            builder.locations(locations.toArray(String[]::new));
            builder.transports(transports.toArray(String[]::new));
            parameters.forEach(builder::configurationParameter);
            if (!required.isEmpty()) {
                builder.require(required.toArray(String[]::new));
            }
            return withSingleOptions(builder).build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private HarnessBuilder withSingleOptions(HarnessBuilder builder) {
        if (seed != null) {
            builder.seed(seed);
        }
        if (deadline != null) {
            builder.deadline(deadline);
        }
        return reportsDirectory == null ? builder : builder.reportsDirectory(reportsDirectory);
    }
}
