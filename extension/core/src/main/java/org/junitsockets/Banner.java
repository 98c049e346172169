package org.junitsockets;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Greets with a fixed text and then says nothing more, until the client ends or the test does.
 *
 * <pre>{@code
 * SocketServer.builder().handler(Banner.of("220 ready\r\n")).start()
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Banner implements ConnectionHandler {

    private final String text;

    private Banner(String text) {
        this.text = text;
    }

    /**
     * Returns a handler that greets with the text, in UTF-8, as it stands: a line end is not added.
     *
     * @param text what each client is sent first
     * @return the handler
     */
    public static Banner of(String text) {
        return new Banner(requireNonNull(text, "text"));
    }

    @Override
    public void handle(SocketConnection peer) {
        peer.write(text);
        peer.holdOpen();
    }
}
