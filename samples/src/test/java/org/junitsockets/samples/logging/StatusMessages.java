package org.junitsockets.samples.logging;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/**
 * What Log4j says about itself; as long as somebody listens, it does not say it on the console.
 *
 * <p>There is one listener for all tests. Log4j's threads go on talking when their test is over, and
 * it does not like a listener that leaves in the meantime.
 */
final class StatusMessages implements StatusListener {

    private static final StatusMessages INSTANCE = new StatusMessages();

    static {
        StatusLogger.getLogger().registerListener(INSTANCE);
    }

    private final Map<String, CompletableFuture<Void>> connected = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private StatusMessages() {}

    static StatusMessages get() {
        return INSTANCE;
    }

    /**
     * Waits until an appender has connected in the background. A server sees the connection a little
     * earlier, when the appender does not use it yet.
     */
    void awaitReconnect(InetSocketAddress server) throws Exception {
        reconnected(name(server)).get(5, SECONDS);
    }

    /** What an administrator would be told. */
    List<String> errorsAbout(InetSocketAddress server) {
        return errors.stream().filter(error -> error.contains(name(server))).toList();
    }

    @Override
    public void log(StatusData data) {
        String message = data.getMessage().getFormattedMessage();
        if (message.startsWith("Connection to ")) { // 127.0.0.1:4560 established
            reconnected(message.split(" ", 4)[2]).complete(null);
        } else if (data.getLevel().equals(Level.ERROR)) {
            errors.add(message);
        }
    }

    private CompletableFuture<Void> reconnected(String server) {
        return connected.computeIfAbsent(server, unknown -> new CompletableFuture<>());
    }

    private static String name(InetSocketAddress server) {
        return server.getAddress().getHostAddress() + ":" + server.getPort();
    }

    @Override
    public Level getStatusLevel() {
        return Level.DEBUG;
    }

    @Override
    public void close() {}
}
