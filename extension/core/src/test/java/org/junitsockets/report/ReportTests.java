package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;

class ReportTests {

    @TempDir
    private Path directory;

    private String text(Report report) throws Exception {
        report.writeTo(directory);
        return Files.readString(directory.resolve("transcript.txt"));
    }

    private String page(Report report) throws Exception {
        report.writeTo(directory);
        return Files.readString(directory.resolve("transcript.html"));
    }

    @Test
    void itWritesThreeFilesToADirectoryThatNeedNotBeThere() throws Exception {
        Path below = directory.resolve("a/b");
        Talking.report(Talking.atServer()).writeTo(below);
        try (Stream<Path> files = Files.list(below)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("transcript.txt", "transcript.html", "transcript.pcapng");
        }
    }

    @Test
    void theTextHasAllOfIt() throws Exception {
        Talking talking = Talking.atServer()
                .state("ended by the client (FIN)")
                .event(Kind.SERVED, "script 1 on thread-1")
                .received("GET / HTTP/1.1\r\n\r\n")
                .sent(new byte[] {0, (byte) 0xFF})
                .event(Kind.TIMED_OUT, "readLine()")
                .event(Kind.FIN_RECEIVED)
                .event(Kind.RESET, "rst()");
        String text = text(new Report(
                "Tests > test()",
                "expected: a\nbut was: b\n",
                42,
                List.of(talking.conversation()),
                List.of("a remark")));
        assertThat(text.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z", "<time>"))
                .isEqualTo("""
                        Tests > test()
                        ==============
                        failed: expected: a
                                but was: b
                        seed:   42
                        note:   a remark


                        connection 1 of server 'db'
                        ---------------------------
                        client:   127.0.0.1:40000
                        server:   127.0.0.2:5000
                        recorded: at the server's end, 7 entries
                        state:    ended by the client (FIN)

                                  ms  time of the day (UTC)
                              -2.000  <time>  server: accepted
                              -1.000  <time>  server: served by script 1 on thread-1
                               0.000  <time>  client -> server  18 bytes
                              0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..
                              0010  0d 0a                                            ..
                               1.000  <time>  client <- server  2 bytes
                              0000  00 ff                                            ..
                               2.000  <time>  server: timed out in readLine()
                               3.000  <time>  client -> server  FIN
                               4.000  <time>  client <- server  RST, server: rst()
                        """);
    }

    @Test
    void theTextKeepsEachByteOfALongPayload() throws Exception {
        byte[] bytes = new byte[70_000];
        Arrays.fill(bytes, (byte) 'x');
        assertThat(text(Talking.report(Talking.atServer().received(bytes))).lines())
                .filteredOn(line -> line.endsWith("  xxxxxxxxxxxxxxxx"))
                .hasSize(4_375)
                .last()
                .asString()
                .startsWith("      00011160  78 78");
    }

    @Test
    void bothSayWhatWasDropped() throws Exception {
        Report report = Talking.report(Talking.atServer(10).received("12345678").sent("abcd"));
        String dropped = "before this, 2 bytes received, 1 event were dropped: junitsockets.transcript.size";
        assertThat(text(report)).contains("\ndropped:  " + dropped + "\n");
        assertThat(page(report)).contains("<p class=\"dropped\">Incomplete: " + dropped + "</p>");
    }

    @Test
    void addressesAreWrittenShort() throws Exception {
        assertThat(text(Talking.report(Talking.atServer()
                        .between(Talking.address("::1", 1), Talking.address("2001:db8::5:0:0:1", 2)))))
                .contains("\nclient:   [::1]:1\nserver:   [2001:db8::5:0:0:1]:2\n");
    }

    @Test
    void withoutConnectionsTheySaySo() throws Exception {
        Report report = new Report("a test", "", 1, List.of(), List.of());
        assertThat(text(report)).isEqualTo("a test\n======\nseed:   1\n\nNo connection was recorded.\n");
        assertThat(page(report))
                .contains("<p>No connection was recorded.</p>", "no failure")
                .doesNotContain("<form");
    }

    @Test
    void whatAPeerSentIsNoMarkup() throws Exception {
        String evil = "</script><script>alert(1)</script><img src=x onerror=\"alert('2')\">&amp;--></pre></style>";
        String page = page(new Report(
                evil,
                evil,
                1,
                List.of(Talking.atServer()
                        .label(evil)
                        .state(evil)
                        .received(evil)
                        .event(Kind.CHECKPOINT, evil)
                        .event(Kind.CLOSED, evil)
                        .conversation()),
                List.of(evil)));
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x"
                        + " onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;amp;--&gt;&lt;/pre&gt;&lt;/style&gt;")
                .doesNotContain("<img", "alert('2')")
                .containsOnlyOnce("<script")
                .containsOnlyOnce("</script")
                .containsOnlyOnce("</style");
    }

    @Test
    void whatIsNoTextOrCannotBeSeenIsEscaped() throws Exception {
        String page = page(Talking.report(
                Talking.atServer()
                        .state("bell \u0007, turned \u202e, half \ud800, lines\r\nof\ttwo")
                        .received(new byte[] {
                            'o', 'k', ' ', 'a', 'n', 'd', ' ', (byte) 0xC3, '(', ' ', (byte) 0xE2, (byte) 0x82, '.'
                        })
                        .received("ünd ☕ \u0000\u001b[31m \u2028 \u202e"),
                Talking.atServer().received("GET / HTTP/1.1 " + "é".repeat(200)),
                Talking.atServer().received(new byte[] {0x16, 0x03, 0x01, 0, (byte) 0xF0})));
        assertThat(page)
                .contains(">bell \\x07, turned \\u202e, half \\ud800, lines\\nof\\ttwo")
                .contains(">ok and \\xc3( \\xe2\\x82.</code>")
                .contains(">ok and ·( ··.</pre>")
                .contains(">ünd ☕ \\x00\\x1b[31m \\u2028 \\u202e</code>")
                .contains(">GET / HTTP/1.1 " + "é".repeat(72) + "\\xc3...</code>")
                .contains(">16 03 01 00 f0</code>");
        assertThat(page.chars().filter(character -> character < ' ' && character != '\n'))
                .isEmpty();
    }

    @Test
    void aLoneSurrogateIsNoReasonToWriteNothing() throws Exception {
        assertThat(text(new Report("half \ud800", "\udfff", 1, List.of(), List.of())))
                .startsWith("half \\ud800\n")
                .contains("failed: \\udfff\n");
    }

    @Test
    void thePageAsksNobodyForAnything() throws Exception {
        String page = page(Talking.report(Talking.atServer().received("x")));
        assertThat(page)
                .containsPattern("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                        + " style-src 'sha256-[A-Za-z0-9+/=]{44}'; script-src 'sha256-[A-Za-z0-9+/=]{44}';"
                        + " base-uri 'none'; form-action 'none'\">")
                .doesNotContainPattern("https?:|url\\(|@import|\\ssrc=|<link");
    }

    @Test
    void shortPayloadsAreOpenAndLongOnesClosed() throws Exception {
        String page =
                page(Talking.report(Talking.atServer().received("x".repeat(64)).sent("y".repeat(65))));
        assertThat(page).containsOnlyOnce("<details open>").containsOnlyOnce("<details>");
        Talking many = Talking.atServer();
        for (int i = 0; i < 200; i++) {
            many.received("x");
        }
        assertThat(page(Talking.report(many))).doesNotContain("<details open>").contains("<details>");
    }

    @Test
    void secretsAreInNoneOfTheFiles() throws Exception {
        new Report(
                        "logs in with secret=hunter2",
                        "expected: \"secret=hunter2\"",
                        1,
                        List.of(Talking.atServer()
                                .masking("secret=(\\w+)")
                                .label("connection secret=hunter2")
                                .state("waits in expectLine(\"secret=hunter2\")")
                                .received("secret=hun")
                                .received("ter2\r\n")
                                .sent("Welcome secret=hunter2\r\n")
                                .event(Kind.TIMED_OUT, "expectLine(\"secret=hunter2\")")
                                .conversation()),
                        List.of("remark secret=hunter2"))
                .writeTo(directory);
        for (String name : List.of("transcript.txt", "transcript.html", "transcript.pcapng")) {
            String content = new String(Files.readAllBytes(directory.resolve(name)), ISO_8859_1);
            assertThat(content)
                    .as(name)
                    .contains("secret=*******")
                    .doesNotContain("hunter2", "68 75 6e", "hun\\r", "ter2");
        }
        assertThat(CaptureFile.stream(CaptureFile.in(directory).frames, 40_000))
                .asString(UTF_8)
                .isEqualTo("secret=*******\r\n");
    }

    @Test
    void datagramsAreShownWithoutMakingUpBytes() throws Exception {
        Report report = Talking.report(Talking.atServer()
                .over(Transport.UDP)
                .receivedMessage("hi")
                .receivedMessage("")
                .event(Kind.PORT_UNREACHABLE)
                .event(Kind.DROPPED, "message 3 of all")
                .event(Kind.LEFT, "close()"));
        assertThat(text(report).replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z", "<time>"))
                .endsWith("""
                               0.000  <time>  client -> server  2 bytes
                              0000  68 69                                            hi
                               1.000  <time>  client -> server  0 bytes
                               2.000  <time>  server: nobody there: port unreachable
                               3.000  <time>  server: dropped message 3 of all
                               4.000  <time>  server: close()
                        """);
        assertThat(page(report))
                .contains("<span class=\"size\">0 bytes</span></p>")
                .contains("<li class=\"entry at-server fault\" data-way=\"event\">")
                .contains("server: dropped message 3 of all")
                .containsOnlyOnce("<div class=\"dump\">");
    }

    @Test
    void whatTlsDidIsShown() throws Exception {
        Report report = Talking.report(Talking.atServer()
                .over(Transport.TLS)
                .event(Kind.TLS_STARTED)
                .event(Kind.TLS_ESTABLISHED, "TLSv1.3")
                .received("x")
                .event(Kind.TLS_STALLED, "MID_HANDSHAKE")
                .event(Kind.TLS_FAILED, "bad_certificate")
                .event(Kind.CLOSE_NOTIFY_SENT)
                .event(Kind.TRUNCATED));
        assertThat(text(report))
                .contains(
                        "server: TLS begins\n",
                        "server: TLS: TLSv1.3\n",
                        "server: silent from here on: MID_HANDSHAKE\n",
                        "server: TLS failed: bad_certificate\n",
                        "server: close_notify sent\n",
                        "client -> server  FIN, server: without close_notify: truncated\n");
        assertThat(page(report))
                .contains("<li class=\"entry at-server tls\"", "<li class=\"entry at-server fault\"")
                .contains("<li class=\"entry c2s fin fault\"");
    }

    @Test
    void aUnixConversationIsInTheTextAndOnThePage() throws Exception {
        Report report = Talking.report(Talking.atServer()
                .over(Transport.UNIX)
                .between(UnixDomainSocketAddress.of("/run/c"), UnixDomainSocketAddress.of("/run/s"))
                .received("over a path"));
        assertThat(text(report)).contains("\nclient:   /run/c\nserver:   /run/s\n", "over a path");
        assertThat(page(report)).contains("</b> /run/s<", "over a path");
    }
}
