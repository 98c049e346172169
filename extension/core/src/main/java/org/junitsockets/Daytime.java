package org.junitsockets;

import static java.util.Objects.requireNonNull;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * Sends the current date and time as one line and ends the connection; over UDP, in answer to each
 * datagram.
 *
 * <p>The form is one of the two that the RFC suggests, such as {@code Sunday, November 1, 2026
 * 17:37:43-UTC}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc867">RFC 867, Daytime Protocol</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Daytime implements ConnectionHandler {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu HH:mm:ss'-'zzz", Locale.ENGLISH);

    private final Clock clock;

    /** Creates one that tells the system's time in UTC. */
    public Daytime() {
        this(Clock.system(ZoneId.of("UTC")));
    }

    /**
     * Creates one that tells the time of a clock, a fixed one for instance.
     *
     * @param clock what the time and the zone are read from, once per answer
     */
    public Daytime(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void handle(SocketConnection peer) {
        if (peer.transport().has(Capability.CONNECTIONS)) {
            tell(peer);
            return;
        }
        while (peer.awaitInput()) {
            peer.readAvailable();
            tell(peer);
        }
    }

    private void tell(SocketConnection peer) {
        peer.write(FORMAT.format(ZonedDateTime.now(clock)) + "\r\n");
    }
}
