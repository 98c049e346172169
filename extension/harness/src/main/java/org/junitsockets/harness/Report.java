package org.junitsockets.harness;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A result as a person reads it. */
final class Report {

    /** How much of a throwable to show. */
    enum Traces {
        FIRST_LINES,
        FULL
    }

    /** Whose frames tell a reader nothing about his own code. */
    private static final List<String> TOOLS =
            List.of("java.", "jdk.", "sun.", "org.junit.", "org.assertj.", "org.opentest4j.");

    private static final int MESSAGE_LINES = 6;
    private static final int CAUSES = 3;

    private final HarnessResult result;
    private final Traces traces;
    private final StringBuilder out = new StringBuilder();

    Report(HarnessResult result, Traces traces) {
        this.result = result;
        this.traces = traces;
        appendTable();
        appendSkips();
        appendFailures();
        result.notFound().forEach(this::line);
    }

    /** Returns the line that says that a suite has ended. */
    static String progressLine(SuiteResult suite) {
        StringBuilder line = new StringBuilder(suite.name());
        line.append(Variant.suffix(suite.location(), suite.transport()));
        line.append(": ").append(suite.tests()).append(suite.tests() == 1 ? " test" : " tests");
        if (suite.failed() > 0) {
            line.append(", ").append(suite.failed()).append(" failed");
        }
        if (suite.skipped() > 0) {
            line.append(", ").append(suite.skipped()).append(" skipped");
        }
        return line.append(", ").append(Durations.format(suite.time())).toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void appendTable() {
        if (result.suites().isEmpty()) {
            return;
        }
        Variants variants = Variants.of(result.suites());
        List<String> header = new ArrayList<>(List.of("suite"));
        header.addAll(variants.headers());
        int leftAligned = header.size();
        header.addAll(List.of("tests", "failed", "skipped", "time"));
        Table table = new Table(leftAligned, header);
        for (SuiteResult suite : result.suites()) {
            table.row(row(
                    suite.name(),
                    variants.labels(Variant.of(suite)),
                    suite.tests(),
                    suite.failed(),
                    suite.skipped(),
                    Durations.format(suite.time())));
        }
        table.row(row(
                "total",
                Collections.nCopies(leftAligned - 1, ""),
                result.tests(),
                result.failed(),
                result.skipped(),
                Durations.format(result.time())));
        out.append(table);
        if (!variants.headers().isEmpty()) {
            line("");
            out.append(new Matrix(result.suites(), variants));
        }
    }

    private static List<String> row(
            String suite, List<String> variant, int tests, int failed, int skipped, String time) {
        List<String> cells = new ArrayList<>(List.of(suite));
        cells.addAll(variant);
        cells.addAll(List.of(String.valueOf(tests), String.valueOf(failed), String.valueOf(skipped), time));
        return cells;
    }

    private void appendSkips() {
        if (result.skips().isEmpty()) {
            return;
        }
        line("");
        line("skipped:");
        result.skips().forEach(skip -> line("  " + skip.count() + " x " + firstLine(skip.reason())));
    }

    private void appendFailures() {
        if (result.failures().isEmpty()) {
            return;
        }
        line("");
        line("failures:");
        int number = 1;
        for (TestFailure failure : result.failures()) {
            line("  " + number++ + ") " + failure.path() + Variant.suffix(failure.location(), failure.transport()));
            Stream<String> lines = traces == Traces.FULL ? stackTrace(failure.cause()) : summary(failure);
            lines.forEach(it -> line("     " + it));
        }
    }

    private static Stream<String> summary(TestFailure failure) {
        List<String> lines = new ArrayList<>(firstLines(failure.cause()));
        where(failure).ifPresent(frame -> lines.add("at " + frame));
        @Nullable Throwable cause = failure.cause().getCause();
        for (int i = 0; cause != null && i < CAUSES; i++) {
            lines.add("caused by: " + firstLine(cause));
            cause = cause.getCause();
        }
        for (Throwable suppressed : failure.cause().getSuppressed()) {
            // In full: where the client failed first, what its peer says stands here.
            lines.add("suppressed: " + firstLine(suppressed));
            firstLines(suppressed).stream().skip(1).forEach(line -> lines.add("  " + line));
        }
        return lines.stream();
    }

    /** The reader's own line, where there is one. */
    private static Optional<StackTraceElement> where(TestFailure failure) {
        List<StackTraceElement> frames = Arrays.asList(failure.cause().getStackTrace());
        return frames.stream()
                .filter(frame -> frame.getClassName().equals(failure.suite())
                        || frame.getClassName().startsWith(failure.suite() + "$"))
                .findFirst()
                .or(() -> frames.stream().filter(frame -> !isOfATool(frame)).findFirst());
    }

    private static boolean isOfATool(StackTraceElement frame) {
        return TOOLS.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private static List<String> firstLines(Object message) {
        List<String> lines =
                String.valueOf(message).lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() <= MESSAGE_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MESSAGE_LINES));
        first.add("(and " + (lines.size() - MESSAGE_LINES) + " more lines)");
        return first;
    }

    private static String firstLine(Object message) {
        return firstLines(message).stream().findFirst().orElse("(empty)");
    }

    private static Stream<String> stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().lines();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
