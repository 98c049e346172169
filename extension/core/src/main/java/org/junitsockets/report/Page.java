package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsockets.transcript.Step.Sign;

/**
 * All of it as one page. It can be read without scripts; with them there are filters and a search. Its
 * policy names its own style and script by their hashes and forbids all else, so that whatever a peer
 * sent can at worst be looked at.
 */
final class Page {

    private static final String STYLE = resource("transcript.css");
    private static final String SCRIPT = resource("transcript.js");

    private static final String CONTROLS = """
            <form id="controls" role="search" aria-label="Entries" hidden>
            <p class="find"><label for="query">Search</label>
            <input id="query" type="search" placeholder="text or hex, such as PONG\\r\\n or 0d 0a" autocomplete="off" \
            spellcheck="false" aria-describedby="count">
            <button type="button" id="previous" aria-label="Previous match" title="Previous match (Shift+Enter)">&#8593;</button>
            <button type="button" id="next" aria-label="Next match" title="Next match (Enter)">&#8595;</button></p>
            <fieldset><legend>Show</legend>
            <label class="c2s"><input type="checkbox" name="way" value="c2s" checked> client &#8594; server</label>
            <label class="s2c"><input type="checkbox" name="way" value="s2c" checked> server &#8594; client</label>
            <label class="event"><input type="checkbox" name="way" value="event" checked> events</label></fieldset>
            """;

    private final Writer out;

    Page(Writer out) {
        this.out = out;
    }

    void write(Report report, List<Talk> talks) throws IOException {
        out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" + hash(STYLE)
                + "'; script-src '" + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'\">\n");
        out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.write("<meta name=\"color-scheme\" content=\"light dark\">\n");
        out.write("<title>" + Html.line(report.title()) + " - transcript</title>\n");
        out.write("<style>" + STYLE + "</style>\n</head>\n<body>\n");
        head(report);
        if (talks.isEmpty()) {
            out.write("<main><p>No connection was recorded.</p></main>\n");
        } else {
            overview(talks);
            controls(talks);
            out.write("<main>\n");
            for (int i = 0; i < talks.size(); i++) {
                new Section(out, talks.get(i), i + 1).write();
            }
            out.write("<p id=\"nothing\" hidden>No entry matches.</p>\n</main>\n");
        }
        out.write("<footer><p>Written by junit-sockets. Times are milliseconds from the first byte of a connection; "
                + "those of the day are in UTC.</p></footer>\n");
        out.write("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    }

    private void head(Report report) throws IOException {
        boolean failed = !report.failure().isEmpty();
        out.write("<header>\n<p class=\"kind\">Transcript"
                + (failed ? " <span class=\"badge failed\">failed</span>" : " <span class=\"badge\">no failure</span>")
                + "</p>\n<h1>" + Html.line(report.title()) + "</h1>\n");
        if (failed) {
            out.write("<pre class=\"failure\" role=\"region\" aria-label=\"Failure\" tabindex=\"0\">"
                    + Html.lines(report.failure().strip()) + "</pre>\n");
        }
        out.write("<ul class=\"remarks\">\n<li>Seed <code>" + report.seed() + "</code></li>\n");
        for (String remark : report.remarks()) {
            out.write("<li>" + Html.line(remark) + "</li>\n");
        }
        out.write("</ul>\n</header>\n");
    }

    private void overview(List<Talk> talks) throws IOException {
        out.write("<nav aria-labelledby=\"overview\">\n<h2 id=\"overview\">Connections</h2>\n"
                + "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Connection</th>"
                + "<th scope=\"col\">Client</th><th scope=\"col\">Server</th>"
                + "<th scope=\"col\" class=\"number\"><span class=\"c2s\">Bytes to server</span></th>"
                + "<th scope=\"col\" class=\"number\"><span class=\"s2c\">Bytes to client</span></th>"
                + "<th scope=\"col\">State</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < talks.size(); i++) {
            Talk talk = talks.get(i);
            out.write("<tr><th scope=\"row\"><a href=\"#c" + (i + 1) + "\">" + Html.line(talk.label()) + "</a></th><td>"
                    + Html.line(Talk.show(talk.client())) + "</td><td>" + Html.line(Talk.show(talk.server()))
                    + "</td><td class=\"number\">" + talk.bytes(true) + "</td><td class=\"number\">" + talk.bytes(false)
                    + "</td><td>" + Html.line(talk.state()) + (talk.dropped().isEmpty() ? "" : " (incomplete)")
                    + "</td></tr>\n");
        }
        out.write("</tbody>\n</table></div>\n</nav>\n");
    }

    private void controls(List<Talk> talks) throws IOException {
        out.write(CONTROLS);
        if (talks.size() > 1) {
            out.write("<p><label for=\"connection\">Connection</label>\n<select id=\"connection\">"
                    + "<option value=\"\">all of them</option>");
            for (int i = 0; i < talks.size(); i++) {
                out.write("<option value=\"c" + (i + 1) + "\">"
                        + Html.line(talks.get(i).label()) + "</option>");
            }
            out.write("</select></p>\n");
        }
        long payloads = talks.stream()
                .flatMap(talk -> talk.steps().stream())
                .filter(step -> step.sign() == Sign.BYTES)
                .count();
        if (payloads > 0) {
            out.write("<p><button type=\"button\" id=\"open\">Open all</button> "
                    + "<button type=\"button\" id=\"close\">Close all</button></p>\n");
        }
        out.write("<output id=\"count\" for=\"query\"></output>\n</form>\n");
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (@Nullable InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + Page.class.getName());
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
