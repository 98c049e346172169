package org.junitsockets.jupiter;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.junitsockets.report.Report;
import org.junitsockets.report.ReportDirectory;
import org.junitsockets.spec.TranscriptSettings;
import org.junitsockets.spec.TranscriptSettings.When;
import org.junitsockets.verdict.Scope;

/** Publishes what was on the wire as files: by JUnit, or to the directory that the user has named. */
final class Transcripts {

    /** The name of the directory among what JUnit publishes for a test. */
    static final String NAME = "junit-sockets";

    private Transcripts() {}

    static void publish(Scope scope, ExtensionContext context) {
        TranscriptSettings settings = scope.settings().transcript();
        if (settings.when() == When.NEVER) {
            return;
        }
        Optional<Report> report = scope.report(
                title(context),
                context.getExecutionException().map(Throwable::toString).orElse(""));
        if (report.isPresent()) {
            try {
                write(report.get(), settings.directory(), context);
            } catch (IOException | JUnitException e) { // which must not take the place of what the test has to say
                context.publishReportEntry(NAME, "the transcript could not be written: " + e);
            }
        }
    }

    private static void write(Report report, Optional<Path> directory, ExtensionContext context) throws IOException {
        if (directory.isPresent()) {
            ReportDirectory.write(
                    directory.get(),
                    report,
                    context.getTestClass().map(Class::getName).orElse(context.getDisplayName()),
                    test(context));
        } else {
            context.publishDirectory(NAME, report::writeTo);
        }
    }

    private static String title(ExtensionContext context) {
        return context.getTestClass().map(type -> type.getName() + " > ").orElse("") + test(context);
    }

    /** The method, and the invocation where it has several. */
    private static String test(ExtensionContext context) {
        String method = context.getTestMethod().map(Method::getName).orElse("");
        String display = context.getDisplayName();
        return method.isEmpty() || display.startsWith(method + "(") ? display : method + " " + display;
    }
}
