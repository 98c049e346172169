package org.junitsockets.samples.messaging;

import io.nats.client.Options;
import java.time.Duration;
import java.util.stream.Stream;
import org.junitsockets.SocketServer;

/** The client, set up for these tests: what it does by a clock is far away, or at once. */
final class NatsClients {

    private NatsClients() {}

    /**
     * One that does not come back when its connection is lost, and that tells its listener instead of
     * the log.
     */
    static Options.Builder once(NatsEvents events, SocketServer server) {
        return options(events, server).noReconnect();
    }

    /** One that goes from server to server, in this order and without a pause, until it is closed. */
    static Options.Builder persistent(NatsEvents events, SocketServer... servers) {
        return options(events, servers)
                .maxReconnects(-1)
                .noRandomize()
                .reconnectDelayHandler(rounds -> Duration.ofMillis(5)); // when it has tried all
    }

    private static Options.Builder options(NatsEvents events, SocketServer... servers) {
        String[] urls =
                Stream.of(servers).map(server -> server.uri("nats").toString()).toArray(String[]::new);
        return Options.builder()
                .servers(urls)
                .connectionTimeout(Duration.ofSeconds(10))
                .pingInterval(Duration.ofMinutes(10))
                .connectionListener(events)
                .errorListener(events);
    }
}
