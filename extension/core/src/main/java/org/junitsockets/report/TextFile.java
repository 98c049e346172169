package org.junitsockets.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.transcript.Step;

/** All of it as text, for terminals and for grep. */
final class TextFile {

    private static final String INDENTATION = " ".repeat(6);

    private final Writer out;

    TextFile(Writer out) {
        this.out = out;
    }

    void write(Report report, List<Talk> talks) throws IOException {
        String title = Printable.line(report.title());
        line(title);
        line("=".repeat(Math.max(1, title.length())));
        if (!report.failure().isEmpty()) {
            line("failed: " + Printable.lines(report.failure()).strip().replace("\n", "\n        "));
        }
        line("seed:   " + report.seed());
        for (String remark : report.remarks()) {
            line("note:   " + Printable.line(remark));
        }
        if (talks.isEmpty()) {
            line("\nNo connection was recorded.");
        }
        for (Talk talk : talks) {
            write(talk);
        }
    }

    private void write(Talk talk) throws IOException {
        String label = Printable.line(talk.label());
        line("\n\n" + label);
        line("-".repeat(Math.max(1, label.length())));
        line("client:   " + Talk.show(talk.client()));
        line("server:   " + Talk.show(talk.server()));
        line("recorded: at the " + talk.recordedAt() + "'s end, "
                + Talk.count(talk.steps().size(), "entry", "entries"));
        line("state:    " + Printable.line(talk.state()));
        if (!talk.dropped().isEmpty()) {
            line("dropped:  " + talk.dropped());
        }
        if (!talk.steps().isEmpty()) {
            line("\n          ms  time of the day (UTC)");
        }
        for (Step step : talk.steps()) {
            write(talk, step);
        }
    }

    private void write(Talk talk, Step step) throws IOException {
        Entry entry = step.entry();
        line(String.format(Locale.ROOT, "%12s  %s  %s", talk.millis(entry), Talk.wallTime(entry), words(talk, step)));
        HexDump dump = new HexDump(entry.bytes());
        for (int row = 0; row < dump.rows(); row++) {
            line(INDENTATION + dump.offset(row) + "  " + String.format("%-47s", dump.hex(row)) + "  "
                    + dump.text(row, '.'));
        }
    }

    private static String words(Talk talk, Step step) {
        String way = step.toServer() ? "client -> server  " : "client <- server  ";
        String note = Printable.line(step.note());
        return switch (step.sign()) {
            case BYTES -> way + Talk.count(step.entry().bytes().length, "byte", "bytes");
            case FIN, RST -> way + step.sign() + (note.isEmpty() ? "" : ", " + talk.recordedAt() + ": " + note);
            case NONE ->
                talk.recordedAt() + ": " + (note.isEmpty() ? step.entry().kind() : note);
        };
    }

    private void line(String line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
