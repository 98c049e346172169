package org.junitsockets.samples.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPort;
import java.io.IOException;
import java.net.SocketException;

/**
 * The client's own socket, with a note of what the client has read from it. So a test can tell that a
 * fault has come to the client, even where the client makes nothing of it.
 */
public final class WatchedDataPort extends SocketDataPort {

    private NatsEvents events = new NatsEvents();
    private volatile boolean left;

    @Override
    public void afterConstruct(Options options) {
        super.afterConstruct(options);
        events = (NatsEvents) options.getConnectionListener();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = super.read(target, offset, length);
            note(count < 0 ? "(FIN)" : new String(target, offset, count, UTF_8));
            return count;
        } catch (SocketException e) {
            note("Connection reset".equals(e.getMessage()) ? "(RST)" : e.toString());
            throw e;
        }
    }

    /** What comes after the client has given up is its own doing. */
    private void note(String what) {
        if (!left) {
            events.read(what);
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        left = true;
        super.shutdownInput();
    }

    @Override
    public void close() throws IOException {
        left = true;
        super.close();
    }

    @Override
    public void forceClose() throws IOException {
        left = true;
        super.forceClose();
    }
}
