package org.junitsockets.verdict;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junitsockets.report.Report;
import org.junitsockets.server.Server;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Mask;

/**
 * What was on the wire in one scope: drawn for the message of a failure, and whole for a report.
 *
 * <p>It is taken before what is still open is ended, so that it shows how things stood.
 */
final class Evidence {

    private final Settings settings;
    private final StringBuilder text = new StringBuilder();
    private final List<Conversation> conversations = new ArrayList<>();
    private final Set<Server> servers = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();

    Evidence(Settings settings) {
        this.settings = settings;
    }

    /**
     * Adds what was said on a server.
     *
     * @param since what it is about: on a server that outlives a test, the rest is that of others
     */
    synchronized void add(Server server, long since) {
        if (!servers.add(server)) {
            return; // it was ended before the rest
        }
        text.append(server.evidence(since));
        conversations.addAll(server.conversations(since));
    }

    /** Adds what a client said, to somebody else's server: at one of ours it is there already. */
    synchronized void add(Conversation conversation) {
        if (conversations.stream().anyMatch(conversation::mirrors)) {
            return;
        }
        text.append(conversation.ladder().indent(2).stripTrailing().replaceFirst("^", "\n"));
        conversations.add(conversation);
    }

    /** Adds what a reader should know besides. */
    synchronized void remark(String remark) {
        text.append("\n  ").append(remark);
        remarks.add(remark);
    }

    synchronized boolean isEmpty() {
        return text.length() == 0;
    }

    synchronized Report report(String title, String failure) {
        Mask mask = settings.transcript().mask();
        return new Report(
                mask.apply(title),
                mask.apply(failure),
                settings.seed(),
                List.copyOf(conversations),
                List.copyOf(remarks));
    }

    @Override
    public synchronized String toString() {
        return isEmpty() ? "" : text + "\n  seed " + settings.seed() + " (" + Settings.SEED + ")";
    }
}
