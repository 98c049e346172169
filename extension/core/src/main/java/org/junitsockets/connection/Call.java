package org.junitsockets.connection;

import java.util.function.Supplier;
import org.junitsockets.time.Deadline;

/** One call of the user's that may wait: what it is, for messages, and until when. */
final class Call {

    private enum Kind {
        READING,
        EXPECTING,
        EXPECTING_SILENCE,
        WRITING,
        AWAITING,
        UNTIL_SCOPE_ENDS
    }

    private final Kind kind;
    /** Or a supplier of it, where it takes some putting together. */
    private final Object text;

    private Deadline deadline;

    private Call(Kind kind, Object text, Deadline deadline) {
        this.kind = kind;
        this.text = text;
        this.deadline = deadline;
    }

    static Call reading(Supplier<String> text, Deadline deadline) {
        return new Call(Kind.READING, text, deadline);
    }

    /** Like reading, but whatever comes instead of the expected is a failure, an end included. */
    static Call expecting(Supplier<String> text, Deadline deadline) {
        return new Call(Kind.EXPECTING, text, deadline);
    }

    /** Expecting that nothing comes by a deadline of the call's own. */
    static Call expectingSilence(Supplier<String> text, Deadline deadline) {
        return new Call(Kind.EXPECTING_SILENCE, text, deadline);
    }

    static Call reading(String text, Deadline deadline) {
        return new Call(Kind.READING, text, deadline);
    }

    static Call writing(String text, Deadline deadline) {
        return new Call(Kind.WRITING, text, deadline);
    }

    /** Takes nothing and sends nothing, but waits until it could. */
    static Call awaiting(String text, Deadline deadline) {
        return new Call(Kind.AWAITING, text, deadline);
    }

    /** The same as long as its scope lasts. */
    static Call untilScopeEnds(String text) {
        return new Call(Kind.UNTIL_SCOPE_ENDS, text, Deadline.none());
    }

    boolean isReading() {
        return kind == Kind.READING;
    }

    boolean isExpecting() {
        return kind == Kind.EXPECTING || kind == Kind.EXPECTING_SILENCE;
    }

    boolean endsWithScope() {
        return kind == Kind.UNTIL_SCOPE_ENDS;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Time in which reading was paused does not count. The deadline is the connection's. */
    void restart(Deadline deadline) {
        if (kind == Kind.EXPECTING_SILENCE) {
            this.deadline = this.deadline.again();
        } else if (!endsWithScope()) {
            this.deadline = deadline;
        }
    }

    @Override
    public String toString() {
        return String.valueOf(text instanceof Supplier<?> words ? words.get() : text);
    }
}
