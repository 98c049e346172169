package org.junitsockets.spec;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the user asked for something, put in words when a message needs them, such as {@code
 * @WithSocketServer on parameter 'server' of RetryTests.retries(SocketServer)}.
 */
public final class Declaration {

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

    private final String text;

    /** Where it was said, if that is part of the words: a throwable is read when it is, and loads nothing. */
    private final @Nullable Throwable said;

    private Declaration(String text, @Nullable Throwable said) {
        this.text = text;
        this.said = said;
    }

    public Declaration(String text) {
        this(text, null);
    }

    /** The place in the caller's source that this call came from, such as {@code RetryTests.java:42}. */
    public static Declaration callSite() {
        return new Declaration("", new Throwable());
    }

    /** The same after other words, such as {@code built at}. */
    public static Declaration callSite(String what) {
        return new Declaration(what + " ", new Throwable());
    }

    /** The caller's frame that this was said in; empty if there is none but ours. */
    public Optional<StackTraceElement> frame() {
        if (said != null) {
            for (StackTraceElement frame : said.getStackTrace()) {
                if (!isOurs(frame.getClassName())) {
                    return Optional.of(frame);
                }
            }
        }
        return Optional.empty();
    }

    /** A frame as {@code RetryTests.java:42}. */
    private static String describe(Optional<StackTraceElement> frame) {
        return frame.isEmpty()
                ? "an unknown place"
                : frame.get().getFileName() + ":" + frame.get().getLineNumber();
    }

    private static boolean isOurs(String className) {
        return OWN_TYPES.contains(className)
                || OWN_PACKAGES.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }

    @Override
    public String toString() {
        return said == null ? text : text + describe(frame());
    }
}
