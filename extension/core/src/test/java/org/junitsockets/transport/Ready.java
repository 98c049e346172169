package org.junitsockets.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.Endpoint;
import org.junitsockets.spi.ListeningEndpoint;

/** Waits for an endpoint, bounded, in whichever of the two ways it has. */
final class Ready {

    private static final long BOUND_MILLIS = 20_000;

    private Ready() {}

    static void await(Endpoint endpoint, int operations) throws IOException {
        if (endpoint.channel().isEmpty()) {
            long end = System.nanoTime() + BOUND_MILLIS * 1_000_000;
            while (!endpoint.poll(operations, BOUND_MILLIS)) {
                assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            }
            return;
        }
        SelectableChannel channel = endpoint.channel().get();
        try (Selector selector = Selector.open()) {
            channel.register(selector, operations);
            assertThat(selector.select(BOUND_MILLIS)).as("waited in vain").isPositive();
        }
    }

    static ConnectionEndpoint accept(ListeningEndpoint listener) throws IOException {
        await(listener, SelectionKey.OP_ACCEPT);
        return requireNonNull(listener.accept());
    }

    /** What the next read returns that is not {@link ConnectionEndpoint#UNAVAILABLE}. */
    static int read(ConnectionEndpoint endpoint, ByteBuffer target) throws IOException {
        int count = endpoint.read(target);
        while (count == ConnectionEndpoint.UNAVAILABLE) {
            await(endpoint, SelectionKey.OP_READ);
            count = endpoint.read(target);
        }
        return count;
    }
}
