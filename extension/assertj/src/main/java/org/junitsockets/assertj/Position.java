package org.junitsockets.assertj;

/**
 * A place between two things in the conversation of one connection: how many bytes and events are
 * before it, those that were dropped included. So it means the same in a later transcript.
 */
record Position(long received, long sent, long events) {

    static final Position START = new Position(0, 0, 0);

    long of(Direction direction) {
        return direction == Direction.RECEIVED ? received : sent;
    }

    /** The later of two. */
    Position or(Position other) {
        return new Position(
                Math.max(received, other.received), Math.max(sent, other.sent), Math.max(events, other.events));
    }

    /** This one, at least as far on in one direction as another. */
    Position or(Direction direction, Position other) {
        return direction == Direction.RECEIVED
                ? new Position(Math.max(received, other.received), sent, events)
                : new Position(received, Math.max(sent, other.sent), events);
    }
}
