package org.junitsockets.testcontainers.endpoint;

/** What failures say, without the stack of whoever was tried. */
final class Reasons {

    private Reasons() {}

    /** The innermost cause. */
    static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }
}
