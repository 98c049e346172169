package org.junitsockets.harness;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** The JUnit XML of one execution. */
final class XmlReport {

    private static final String NAME = "JUnit XML";

    private final StringWriter complaints = new StringWriter();
    private final Variant variant;
    private final TestExecutionListener listener;

    XmlReport(Path directory, Variant variant) {
        this.variant = variant;
        this.listener = new LegacyXmlReportGeneratingListener(directory, new PrintWriter(complaints, true));
    }

    TestExecutionListener listener() {
        return listener;
    }

    /** JUnit only prints that a report could not be written; whoever waits for the file must hear of it. */
    Optional<TestFailure> failure() {
        String text = complaints.toString().strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TestFailure(NAME, NAME, variant.location(), variant.transport(), new IOException(text)));
    }
}
