package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junitsockets.transcript.Conversation;

/**
 * All that was said in one test, to be written to files. What is to be masked is masked on the way.
 *
 * @param title such as the name of the test
 * @param failure what failed, empty if nothing did
 * @param seed of the random choices
 * @param conversations in the order in which they are shown
 * @param remarks what else a reader should know, such as what was not recorded
 */
public record Report(String title, String failure, long seed, List<Conversation> conversations, List<String> remarks) {

    /** Writes {@code transcript.txt}, {@code transcript.html} and {@code transcript.pcapng}. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Report masked = masked();
        List<Talk> talks = conversations.stream().map(Talk::of).toList();
        try (Writer out = writer(directory.resolve("transcript.txt"))) {
            new TextFile(out).write(masked, talks);
        }
        try (Writer out = writer(directory.resolve("transcript.html"))) {
            new Page(out).write(masked, talks);
        }
        try (OutputStream out = stream(directory.resolve("transcript.pcapng"))) {
            new Capture(out).write(masked, talks);
        }
    }

    /** The same without what one of the conversations must not show; those are masked on their own. */
    private Report masked() {
        return new Report(
                masked(title),
                masked(failure),
                seed,
                conversations,
                remarks.stream().map(this::masked).toList());
    }

    private String masked(String text) {
        String masked = text;
        for (Conversation conversation : conversations) {
            masked = conversation.transcript().masked(masked);
        }
        return masked;
    }

    /** Characters that are none are replaced, not refused. */
    private static Writer writer(Path file) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(stream(file), UTF_8));
    }

    private static OutputStream stream(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
    }
}
