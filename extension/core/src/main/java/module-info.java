/**
 * Socket servers, connections, scripts and verdicts for tests, without a test framework.
 *
 * <p>{@code org.junitsockets} is what users type, {@code org.junitsockets.spi} what suppliers of a
 * transport implement. The other packages are how it is built; the library's other modules translate to
 * them and nobody else sees them.
 */
@SuppressWarnings("module") // the modules it exports to are not there when this one is compiled
module org.junitsockets.core {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;

    uses org.junitsockets.spi.LocationProvider;
    uses org.junitsockets.spi.TlsProvider;
    uses org.junitsockets.spi.TransportProvider;

    exports org.junitsockets;
    exports org.junitsockets.spi;
    exports org.junitsockets.connection to
            org.junitsockets.testcontainers;
    exports org.junitsockets.deadend to
            org.junitsockets.jupiter;
    exports org.junitsockets.location to
            org.junitsockets.harness,
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
    exports org.junitsockets.port to
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
    exports org.junitsockets.raw to
            org.junitsockets.jupiter;
    exports org.junitsockets.report to
            org.junitsockets.jupiter;
    exports org.junitsockets.server to
            org.junitsockets.jupiter;
    exports org.junitsockets.spec to
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
    exports org.junitsockets.time to
            org.junitsockets.assertj,
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
    exports org.junitsockets.tls to
            org.junitsockets.jupiter;
    exports org.junitsockets.transcript to
            org.junitsockets.assertj,
            org.junitsockets.testcontainers;
    exports org.junitsockets.transport to
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
    exports org.junitsockets.verdict to
            org.junitsockets.jupiter;
    exports org.junitsockets.work to
            org.junitsockets.jupiter,
            org.junitsockets.testcontainers;
}
