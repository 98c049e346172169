package org.junitsockets.testcontainers.everywhere;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.TransportProvider;
import org.junitsockets.testcontainers.agent.Agent;
import org.junitsockets.testcontainers.agent.Options;
import org.junitsockets.testcontainers.carried.AgentClient;
import org.junitsockets.transport.Transports;

/** Has every server of this JVM listen at an agent; clients connect as ever. */
@SuppressWarnings("AddressSelection") // it is a literal
final class Everywhere {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What the library has, and what is in its place. */
    private record Carried(TransportProvider own, AgentClient client) implements TransportProvider {

        @Override
        public Set<Transport> transports() {
            return own.transports();
        }

        @Override
        public Optional<String> unavailableBecause(Transport transport) {
            return own.unavailableBecause(transport);
        }

        @Override
        public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
            return client.listen(transport, options);
        }

        @Override
        public ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options)
                throws IOException {
            return own.connect(transport, address, options);
        }
    }

    private Everywhere() {}

    private static boolean done;

    /** Once for the whole JVM, whose end is the agent's. */
    static synchronized void carry() {
        if (done) {
            return;
        }
        done = true;
        try {
            byte[] secret = new byte[32];
            Agent agent = Agent.open(new Options(InetAddress.getByName("127.0.0.1"), 0, secret, null, PATIENCE));
            Thread thread = new Thread(() -> {
                try {
                    agent.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            AgentClient client = AgentClient.connect(agent.address(), secret, (transport, bound) -> bound, PATIENCE);
            Field field = Transports.class.getDeclaredField("OWN");
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Map<Transport, TransportProvider> own = (Map<Transport, TransportProvider>) field.get(null);
            own.replaceAll((transport, provider) ->
                    transport.family().startsWith("AF_INET") ? new Carried(provider, client) : provider);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
