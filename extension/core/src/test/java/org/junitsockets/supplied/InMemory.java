package org.junitsockets.supplied;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.TransportProvider;

/**
 * Supplies, without a socket or anything else that could be selected on, a transport of messages and one of
 * streams that nothing else supplies: as a module of its own would, found by {@code ServiceLoader}.
 */
public final class InMemory implements TransportProvider {

    static final Transport MESSAGES = Transport.UNIX_SEQPACKET;
    static final Transport STREAMS = Transport.VSOCK;

    /** How many endpoints there are that nobody has closed, by the number of their server. */
    static final Map<Integer, AtomicInteger> OPEN = new ConcurrentHashMap<>();

    /** How often one was closed that was closed already. */
    static final AtomicInteger CLOSED_TWICE = new AtomicInteger();

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<SocketAddress, MemoryListener> LISTENERS = new ConcurrentHashMap<>();

    /** An address of a family of its own. */
    static final class Address extends SocketAddress {

        private static final long serialVersionUID = 1L;

        private final int server;
        private final int client;

        Address(int server, int client) {
            this.server = server;
            this.client = client;
        }

        int server() {
            return server;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address address && address.server == server && address.client == client;
        }

        @Override
        public int hashCode() {
            return 31 * server + client;
        }

        @Override
        public String toString() {
            return "memory " + server + (client == 0 ? "" : " client " + client);
        }
    }

    @Override
    public Set<Transport> transports() {
        return Set.of(MESSAGES, STREAMS);
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        return Optional.empty();
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) {
        Address address = new Address(NUMBERS.incrementAndGet(), 0);
        OPEN.put(address.server(), new AtomicInteger(1));
        MemoryListener listener = new MemoryListener(address, options.backlog(), () -> LISTENERS.remove(address));
        LISTENERS.put(address, listener);
        return listener;
    }

    @Override
    public ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options)
            throws IOException {
        MemoryListener listener = LISTENERS.get(address);
        if (listener == null) {
            throw new ConnectException("Connection refused");
        }
        return listener.connect(transport == MESSAGES);
    }
}
