/**
 * Runs test suites on the JUnit Platform, over one transport after the other and in one location after the other, and reports.
 *
 * <p>{@link org.junitsockets.harness.Harness} is the way in from code, {@link
 * org.junitsockets.harness.Main} the one from a command line.
 */
module org.junitsockets.harness {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires transitive org.junit.platform.launcher;
    requires org.junit.platform.reporting;
    requires org.junitsockets.core;
    requires info.picocli;

    exports org.junitsockets.harness;

    opens org.junitsockets.harness to
            info.picocli;
}
