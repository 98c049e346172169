/**
 * Remote endpoints: a container's port in place of a server, and a test's own server in a container.
 */
module org.junitsockets.testcontainers {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires static org.junit.platform.launcher;
    requires transitive org.junitsockets.jupiter;
    requires com.github.dockerjava.api;
    requires transitive testcontainers;

    exports org.junitsockets.testcontainers;

    opens org.junitsockets.testcontainers to
            org.junit.platform.commons;
    opens org.junitsockets.testcontainers.endpoint to
            org.junit.platform.commons;

    provides org.junit.platform.launcher.LauncherSessionListener with
            org.junitsockets.testcontainers.session.SessionListener;
    provides org.junitsockets.spi.LocationProvider with
            org.junitsockets.testcontainers.session.ContainerLocation;
}
