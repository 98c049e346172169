package org.junitsockets.spec;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the user asked for something, put in words when a message needs them, such as {@code
 * @WithSocketServer on parameter 'server' of RetryTests.retries(SocketServer)}.
 */
public final class Declaration {

    private static final StackWalker WALKER = StackWalker.getInstance();

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

    private final Supplier<String> words;

    private Declaration(Supplier<String> words) {
        this.words = words;
    }

    public Declaration(String text) {
        this(() -> text);
    }

    /** The place in the caller's source that this call came from, such as {@code RetryTests.java:42}. */
    public static Declaration callSite() {
        Optional<StackWalker.StackFrame> frame = frame();
        return new Declaration(() -> describe(frame.map(StackWalker.StackFrame::toStackTraceElement)));
    }

    /** The same after other words, such as {@code built at}. */
    public static Declaration callSite(String what) {
        Declaration place = callSite();
        return new Declaration(() -> what + " " + place);
    }

    /** The caller's frame that this call came from; empty if there is none but ours. */
    public static Optional<StackTraceElement> callFrame() {
        return frame().map(StackWalker.StackFrame::toStackTraceElement);
    }

    private static Optional<StackWalker.StackFrame> frame() {
        return WALKER.walk(
                frames -> frames.filter(frame -> !isOurs(frame.getClassName())).findFirst());
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
        return words.get();
    }
}
