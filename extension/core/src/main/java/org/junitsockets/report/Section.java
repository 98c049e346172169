package org.junitsockets.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.transcript.Step;
import org.junitsockets.transcript.Step.Sign;

/** One conversation on the page: a ladder, the client on the left and the server on the right. */
final class Section {

    /** What is short is seen at once, unless there is a great deal of it. */
    private static final int MOST_BYTES_OPEN = 4 * HexDump.WIDTH;

    private static final int MOST_STEPS_OPEN = 200;

    private static final int MOST_IN_SUMMARY = 160;
    private static final int MOST_IN_SUMMARY_AS_HEX = 32;

    private static final String ARROW = "<span class=\"arrow\" aria-hidden=\"true\"></span>";

    private final Writer out;
    private final Talk talk;
    private final String id;

    Section(Writer out, Talk talk, int number) {
        this.out = out;
        this.talk = talk;
        this.id = "c" + number;
    }

    void write() throws IOException {
        out.write("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-name\">\n<h2 id=\"" + id + "-name\">"
                + Html.line(talk.label()) + "</h2>\n<p class=\"state\">" + Html.line(talk.state())
                + " &middot; recorded at the " + talk.recordedAt() + "&#39;s end" + since() + "</p>\n");
        if (!talk.dropped().isEmpty()) {
            out.write("<p class=\"dropped\">Incomplete: " + Html.line(talk.dropped()) + "</p>\n");
        }
        out.write("<div class=\"ends\"><span class=\"unit\">ms</span><span class=\"end\"><b>Client</b> "
                + Html.line(Talk.show(talk.client())) + "</span><span class=\"end\"><b>Server</b> "
                + Html.line(Talk.show(talk.server())) + "</span></div>\n<ol class=\"ladder\" role=\"list\">\n");
        for (Step step : talk.steps()) {
            write(step);
        }
        out.write("</ol>\n</section>\n");
    }

    private String since() {
        return talk.steps().isEmpty()
                ? ""
                : " &middot; from " + Talk.wallTime(talk.steps().get(0).entry()).substring(0, 19);
    }

    private void write(Step step) throws IOException {
        Entry entry = step.entry();
        out.write("<li class=\"entry " + look(step) + "\" data-way=\""
                + (step.sign() == Sign.BYTES ? way(step) : "event")
                + "\"><p class=\"when\"><span class=\"ms\">" + talk.millis(entry) + "</span> <span class=\"time\">"
                + Talk.wallTime(entry).substring(11, 26) + "</span></p>\n<div class=\"lane\">");
        if (step.sign() == Sign.BYTES) {
            bytes(step);
        } else {
            event(step);
        }
        out.write("</div></li>\n");
    }

    private String look(Step step) {
        return switch (step.sign()) {
            case BYTES -> way(step);
            case FIN -> way(step) + " fin" + look(step.entry().kind());
            case RST -> way(step) + " rst";
            case NONE -> "at-" + talk.recordedAt() + look(step.entry().kind());
        };
    }

    private static String look(Kind kind) {
        return switch (kind) {
            case TIMED_OUT -> " timeout";
            case TRUNCATED, PORT_UNREACHABLE, DROPPED, TLS_STALLED, TLS_FAILED -> " fault";
            case TLS_STARTED, TLS_ESTABLISHED, CLOSE_NOTIFY_RECEIVED, CLOSE_NOTIFY_SENT -> " tls";
            default -> "";
        };
    }

    private static String way(Step step) {
        return step.toServer() ? "c2s" : "s2c";
    }

    private static String words(Step step) {
        return "<span class=\"unseen\">" + (step.toServer() ? "client to server: " : "server to client: ") + "</span>";
    }

    private void event(Step step) throws IOException {
        String note = step.note().isEmpty() && step.sign() == Sign.NONE
                ? step.entry().kind().toString()
                : step.note();
        out.write("<p class=\"line\">");
        if (step.sign() != Sign.NONE) {
            out.write(words(step) + "<b class=\"flag\">" + step.sign() + "</b> ");
        }
        if (!note.isEmpty()) {
            out.write("<span class=\"note\">" + talk.recordedAt() + ": " + Html.line(note) + "</span>");
        }
        out.write("</p>" + (step.sign() == Sign.NONE ? "" : ARROW));
    }

    private void bytes(Step step) throws IOException {
        byte[] bytes = step.entry().bytes();
        if (bytes.length == 0) { // a message without any
            out.write("<p class=\"line\">" + words(step) + "<span class=\"size\">" + Talk.count(0, "byte", "bytes")
                    + "</span></p>" + ARROW);
            return;
        }
        boolean open = bytes.length <= MOST_BYTES_OPEN && talk.steps().size() <= MOST_STEPS_OPEN;
        out.write("<details" + (open ? " open" : "") + "><summary><span class=\"line\">" + words(step)
                + "<span class=\"size\">" + Talk.count(bytes.length, "byte", "bytes") + "</span> "
                + "<code class=\"brief\">" + brief(bytes) + "</code></span>" + ARROW + "</summary>\n");
        HexDump dump = new HexDump(bytes);
        StringBuilder offsets = new StringBuilder();
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < dump.rows(); row++) {
            String end = row + 1 < dump.rows() ? "\n" : "";
            offsets.append(dump.offset(row)).append(end);
            hex.append(dump.hex(row)).append(end);
            text.append(Html.escape(dump.text(row, '\u00b7'))).append(end);
        }
        out.write("<div class=\"dump\"><pre class=\"offsets\" aria-hidden=\"true\">" + offsets
                + "</pre><pre class=\"hex\" aria-label=\"as hex\">" + hex
                + "</pre><pre class=\"text\" aria-label=\"as text\">" + text + "</pre></div></details>");
    }

    private static String brief(byte[] bytes) {
        if (Printable.isMostlyText(bytes)) {
            return Html.escape(Printable.utf8(bytes, MOST_IN_SUMMARY));
        }
        boolean shortened = bytes.length > MOST_IN_SUMMARY_AS_HEX;
        byte[] head = shortened ? Arrays.copyOf(bytes, MOST_IN_SUMMARY_AS_HEX) : bytes;
        return HexFormat.ofDelimiter(" ").formatHex(head) + (shortened ? " ..." : "");
    }
}
