package org.junitsockets.spec;

import java.util.Optional;
import java.util.Set;

/**
 * Where the user asked for something, in words for messages.
 *
 * @param text such as {@code @WithSocketServer on parameter 'server' of RetryTests.retries(SocketServer)}
 */
public record Declaration(String text) {

    private static final Set<String> OWN_PACKAGES = Set.of(
            "org.junitsockets.connection",
            "org.junitsockets.deadend",
            "org.junitsockets.port",
            "org.junitsockets.server",
            "org.junitsockets.spec",
            "org.junitsockets.verdict");

    /** The public types that a caller's frame may be followed by. */
    private static final Set<String> OWN_TYPES = Set.of(
            "org.junitsockets.DeadEnd",
            "org.junitsockets.PortLease",
            "org.junitsockets.SocketClients",
            "org.junitsockets.SocketPair",
            "org.junitsockets.SocketServer");

    /** The place in the caller's source that this call came from, such as {@code RetryTests.java:42}. */
    public static String callSite() {
        return describe(callFrame());
    }

    /** The caller's frame that this call came from; empty if there is none but ours. */
    public static Optional<StackTraceElement> callFrame() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.filter(frame -> !isOurs(frame.getClassName())).findFirst())
                .map(StackWalker.StackFrame::toStackTraceElement);
    }

    /** A frame as {@code RetryTests.java:42}. */
    public static String describe(Optional<StackTraceElement> frame) {
        return frame.map(place -> place.getFileName() + ":" + place.getLineNumber())
                .orElse("an unknown place");
    }

    private static boolean isOurs(String className) {
        return OWN_TYPES.contains(className)
                || OWN_PACKAGES.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }

    @Override
    public String toString() {
        return text;
    }
}
