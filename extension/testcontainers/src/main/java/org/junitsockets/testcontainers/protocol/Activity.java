package org.junitsockets.testcontainers.protocol;

/** What a handler in the agent is doing. */
public enum Activity {
    /** It is at work, or nobody can tell. */
    WORKING,
    /** It waits in I/O for what is not there. */
    WAITING,
    /** It waits for something else, without a time limit. */
    WAITING_ELSEWHERE;

    private static final Activity[] ALL = values();

    /** Reads it from a frame. */
    public static Activity get(Frame frame) throws ProtocolException {
        int code = frame.getByte();
        if (code >= ALL.length) {
            throw ProtocolException.found("an activity in " + frame, code, "less than " + ALL.length);
        }
        return ALL[code];
    }
}
