/**
 * A test class to extend with a pair of sockets of one's own, which it holds against what sockets do.
 *
 * <p>{@link org.junitsockets.conformance.SocketConformance} is the way in.
 */
module org.junitsockets.conformance {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires transitive org.junitsockets.core;
    requires transitive org.junit.jupiter.api;

    exports org.junitsockets.conformance;

    opens org.junitsockets.conformance to
            org.junit.platform.commons;
}
