/**
 * Injects socket servers, connected clients and dead ends into JUnit Jupiter tests.
 */
module org.junitsockets.jupiter {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires transitive org.junitsockets.core;
    requires transitive org.junit.jupiter.api;
    requires java.management;

    exports org.junitsockets.jupiter;
    exports org.junitsockets.jupiter.spi;

    opens org.junitsockets.jupiter to
            org.junit.platform.commons;
}
