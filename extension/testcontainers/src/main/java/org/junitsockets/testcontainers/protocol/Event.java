package org.junitsockets.testcontainers.protocol;

/** What happens on a connection that a handler serves in the agent, and is told by an EVENT frame. */
public enum Event {
    /** Bytes came. */
    RECEIVED,
    /** Bytes were sent. */
    SENT,
    /** The client has ended its output. */
    FIN_RECEIVED,
    /** The client has reset the connection. */
    RESET_RECEIVED,
    /** The handler has ended its output. */
    HALF_CLOSED,
    /** The handler has ended the connection; a text says by what. */
    CLOSED,
    /** The handler has reset the connection. */
    RESET,
    /** The handler has passed a checkpoint; a text says which. */
    CHECKPOINT,
    /** A call of the handler's was not complete by its deadline; a text says which. */
    TIMED_OUT,
    /** The handler asked for what the transport lacks; a {@link Thrown} says what. */
    UNSUPPORTED,
    /** What the handler is doing now: an {@link Activity}, the command that it is known after, the call it waits in. */
    ACTIVITY,
    /** The handler has returned, or thrown: whether that is a failure, and if so a {@link Thrown}. */
    ENDED;

    /** What an event counts in the window of its stream, besides the bytes that it is about. */
    public static final int OVERHEAD = 64;

    private static final Event[] ALL = values();

    /** Reads which one it is that a frame tells. */
    public static Event get(Frame frame) throws ProtocolException {
        int code = frame.getByte();
        if (code >= ALL.length) {
            throw ProtocolException.found("an event in " + frame, code, "less than " + ALL.length);
        }
        return ALL[code];
    }

    /** Begins the frame that tells it. */
    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    public Frame.Builder of(int stream, int room) {
        return Frame.of(Kind.EVENT, stream, room).putByte(ordinal());
    }
}
