package org.junitsockets.testcontainers.protocol;

/** What a COMMAND frame asks of a handler in the agent, or of its connection. */
public enum Command {
    /** Nothing is to wait that was only waiting for the end of the test. */
    SCOPE_ENDING,
    /** Ends its output, and nothing else. */
    SHUTDOWN_OUTPUT,
    /** Ends the connection by FIN. */
    CUT,
    /** The same, and leaves nothing behind in the system. */
    TEAR_DOWN,
    /** Resets the connection. */
    RESET,
    /** Interrupts the handler's thread. */
    CANCEL;

    private static final Command[] ALL = values();

    /** Reads it from a frame. */
    public static Command get(Frame frame) throws ProtocolException {
        int code = frame.getByte();
        if (code >= ALL.length) {
            throw ProtocolException.found("a command in " + frame, code, "less than " + ALL.length);
        }
        return ALL[code];
    }
}
