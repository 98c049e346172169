package org.junitsockets.connection;

/** What a connection tells the endpoint it belongs to. */
public interface ConnectionOwner {

    /** Nobody listens: for the client's end of a connection. */
    ConnectionOwner NOBODY = new ConnectionOwner() {};

    /** This side is about to end the connection, or has just seen the other side end it. */
    default void ending(Connection connection, boolean byPeer) {}

    /** The half-close that was announced as an ending was none: something is read after it. */
    default void goingOn(Connection connection) {}

    /** Whether there is a message could not be told before, as somebody was looking; it can be now. */
    default void mayHaveMessage() {}

    /** A thread is about to wait. */
    default void waiting() {}

    /** Something was asked for that the transport lacks. */
    default void unsupported(RuntimeException thrown) {}

    default void reached(String name) {
        throw new IllegalStateException("checkpoint: a client's end has none (expected: the server's end)");
    }
}
