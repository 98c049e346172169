package org.junitsockets.report;

import java.io.IOException;
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
    }
}
