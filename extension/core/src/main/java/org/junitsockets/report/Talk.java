package org.junitsockets.report;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junitsockets.Capability;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Snapshot;
import org.junitsockets.transcript.Step;
import org.junitsockets.transcript.Step.Sign;

/**
 * A conversation as all the files have it: masked, and put in steps.
 *
 * @param dropped what is no longer there, in words; empty if nothing
 */
record Talk(
        String label,
        Transport transport,
        SocketAddress client,
        SocketAddress server,
        String state,
        boolean recordedAtServer,
        String dropped,
        List<Step> steps,
        long zero) {

    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Talk of(Conversation conversation) {
        Snapshot recorded = conversation.transcript();
        Snapshot masked = recorded.masked();
        List<Step> steps = Step.of(masked);
        return new Talk(
                recorded.masked(conversation.label()),
                conversation.transport(),
                conversation.client(),
                conversation.server(),
                recorded.masked(conversation.state()),
                masked.isOfServer(),
                masked.dropped(),
                steps,
                Step.zero(steps));
    }

    String recordedAt() {
        return recordedAtServer ? "server" : "client";
    }

    /** What a capture says before its first packet. */
    List<String> heading() {
        List<String> heading = new ArrayList<>();
        heading.add(label + ", recorded at the " + recordedAt() + "'s end: " + state);
        if (!dropped.isEmpty()) {
            heading.add(
                    transport.has(Capability.MESSAGES)
                            ? dropped
                            : dropped + "; sequence numbers start at the first byte that was kept");
        }
        if (steps.stream().anyMatch(step -> step.entry().kind() == Kind.TLS_STARTED)) {
            heading.add("over TLS: what is here was inside it");
        }
        return heading;
    }

    /** Milliseconds from the first byte. */
    String millis(Entry entry) {
        return String.format(Locale.ROOT, "%.3f", (entry.nanoTime() - zero) / 1e6);
    }

    /** The time of the day, in UTC. */
    static String wallTime(Entry entry) {
        return WALL.format(entry.time());
    }

    /** How many bytes of one direction there are. */
    long bytes(boolean toServer) {
        return steps.stream()
                .filter(step -> step.sign() == Sign.BYTES && step.toServer() == toServer)
                .mapToLong(step -> step.entry().bytes().length)
                .sum();
    }

    static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** Such as {@code 127.0.0.1:80} or {@code [::1]:80}. */
    static String show(SocketAddress address) {
        if (address instanceof InetSocketAddress internet && !internet.isUnresolved()) {
            String host = internet.getAddress().getHostAddress();
            boolean six = host.indexOf(':') >= 0;
            String shortest = six ? "[" + host.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]" : host;
            return shortest + ":" + internet.getPort();
        }
        return address.toString();
    }
}
