package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junitsockets.testcontainers.agent.Agent;
import org.junitsockets.testcontainers.agent.Options;

/** An agent on a thread of this JVM, at the loopback address, and the connection to it. */
@SuppressWarnings("AddressSelection") // it is a literal
final class LocalAgent implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final byte[] SECRET = secret(7);

    private final Agent agent;
    private final Thread thread;
    private final InetSocketAddress address;
    private final AgentClient client;

    LocalAgent() throws IOException {
        agent = agent(PATIENCE);
        address = agent.address();
        thread = run(agent);
        client = connect(SECRET);
    }

    static byte[] secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return secret;
    }

    static Agent agent(Duration patience) throws IOException {
        return Agent.open(new Options(InetAddress.getByName("127.0.0.1"), 0, SECRET, null, patience));
    }

    static Thread run(Agent agent) {
        Thread thread = new Thread(() -> {
            try {
                agent.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One whose session may end in any way. */
    static Thread runQuietly(Agent agent) {
        Thread thread = new Thread(() -> {
            try {
                agent.run();
            } catch (IOException e) {
                // as the test has told it
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    AgentClient connect(byte[] secret) throws IOException {
        return AgentClient.connect(address, secret, (transport, bound) -> bound, PATIENCE);
    }

    AgentClient client() {
        return client;
    }

    Agent agent() {
        return agent;
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void close() throws IOException {
        client.close();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.close();
    }
}
