package org.junitsockets.testcontainers.protocol;

/** How many bytes of one direction may be on their way before the receiver has given credit for more. */
public final class Window {

    /** Of a stream, unless its socket's buffer is smaller; in bytes. */
    public static final int STREAM = 256 * 1024;

    /** Of a stream whose buffer is smaller still. */
    private static final int LEAST = 1024;

    /** Of the messages to one socket. */
    public static final int MESSAGES = 1024 * 1024;

    /** What a message counts besides its content. */
    public static final int MESSAGE_OVERHEAD = 256;

    private int credit;

    /**
     * Opens one.
     *
     * @param credit for so many bytes
     */
    public Window(int credit) {
        this.credit = credit;
    }

    /**
     * How large that of a stream is in the beginning, as both sides know.
     *
     * @param buffer size of its socket's in that direction, 0 for the default
     */
    public static int initial(int buffer) {
        return buffer == 0 ? STREAM : Math.min(STREAM, Math.max(LEAST, buffer));
    }

    public int credit() {
        return credit;
    }

    /** Uses up some of what there is. */
    public void use(int bytes) throws ProtocolException {
        if (bytes > credit) {
            throw ProtocolException.found("data", bytes + " bytes", "at most " + credit + ", the credit for it");
        }
        credit -= bytes;
    }

    /** Gives credit for more, as a WINDOW frame is about to say. */
    public void restore(int bytes) {
        credit += bytes;
    }

    /** Takes up what a WINDOW frame says. */
    public void grant(Frame frame) throws ProtocolException {
        int bytes = frame.getCount();
        frame.requireEnd();
        if (credit + (long) bytes > MESSAGES) {
            throw ProtocolException.found(
                    "the credit of " + frame, credit + (long) bytes, "at most " + MESSAGES + " bytes");
        }
        credit += bytes;
    }
}
