package org.junitsockets.transcript;

import java.util.ArrayList;
import java.util.List;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;

/**
 * An entry as it is drawn.
 *
 * @param entry what was seen
 * @param sign what crossed the wire
 * @param toServer which way; false where nothing did
 * @param note what is said beside it, empty if nothing
 */
public record Step(Entry entry, Sign sign, boolean toServer, String note) {

    /** What can cross the wire. */
    public enum Sign {
        BYTES,
        FIN,
        RST,
        NONE
    }

    /** Those of one connection; masked if the snapshot is. */
    public static List<Step> of(Snapshot snapshot) {
        List<Step> steps = new ArrayList<>(snapshot.entries().size());
        boolean ended =
                snapshot.isOutputEndedBefore(); // this end has nothing more to send: its close is no further FIN
        for (Entry entry : snapshot.entries()) {
            Sign sign = sign(entry.kind(), ended);
            boolean toServer = sign != Sign.NONE && isFromHere(entry.kind()) != snapshot.isOfServer();
            steps.add(new Step(entry, sign, toServer, note(entry)));
            ended |= Snapshot.ENDING.contains(entry.kind());
        }
        return steps;
    }

    private static Sign sign(Kind kind, boolean ended) {
        return switch (kind) {
            case RECEIVED, SENT -> Sign.BYTES;
            case FIN_RECEIVED, TRUNCATED -> Sign.FIN;
            case HALF_CLOSED, CLOSED -> ended ? Sign.NONE : Sign.FIN;
            case RESET_RECEIVED, RESET -> Sign.RST;
            default -> Sign.NONE;
        };
    }

    private static boolean isFromHere(Kind kind) {
        return kind != Kind.RECEIVED
                && kind != Kind.FIN_RECEIVED
                && kind != Kind.TRUNCATED
                && kind != Kind.RESET_RECEIVED;
    }

    private static String note(Entry entry) {
        return switch (entry.kind()) {
            case CONNECTED -> "connected";
            case ACCEPTED -> "accepted";
            case SERVED -> "served by " + entry.detail();
            case HALF_CLOSED -> "shutdownOutput()";
            case TRUNCATED -> "without close_notify: truncated";
            case PORT_UNREACHABLE -> "nobody there: port unreachable";
            case DROPPED -> "dropped " + entry.detail();
            case TLS_STARTED -> "TLS begins";
            case TLS_ESTABLISHED -> "TLS: " + entry.detail();
            case TLS_STALLED -> "silent from here on: " + entry.detail();
            case TLS_FAILED -> "TLS failed: " + entry.detail();
            case CLOSE_NOTIFY_RECEIVED -> "close_notify received";
            case CLOSE_NOTIFY_SENT -> "close_notify sent";
            case TIMED_OUT -> "timed out in " + entry.detail();
            case CHECKPOINT -> "checkpoint '" + entry.detail() + "'";
            default -> entry.detail();
        };
    }

    /** The moment from which times are counted: that of the first byte, or else of whatever came first. */
    public static long zero(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.sign == Sign.BYTES)
                .findFirst()
                .or(() -> steps.stream().findFirst())
                .map(step -> step.entry.nanoTime())
                .orElse(0L);
    }
}
