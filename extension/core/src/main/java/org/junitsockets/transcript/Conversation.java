package org.junitsockets.transcript;

import java.net.SocketAddress;
import org.junitsockets.Transport;

/**
 * One connection as a report shows it.
 *
 * @param label such as {@code connection 1 of server 'db' (...)}
 * @param transport what it went over
 * @param client the address of the client's end
 * @param server the address of the server's end
 * @param transcript as the library's end saw it
 * @param state how it stands, and what is waited for
 */
public record Conversation(
        String label,
        Transport transport,
        SocketAddress client,
        SocketAddress server,
        Snapshot transcript,
        String state) {

    /** Whether it is the same connection, seen from the other end. */
    public boolean mirrors(Conversation other) {
        return client.equals(other.client) && server.equals(other.server);
    }

    /** With a heading, and how it stands. */
    public String ladder() {
        return label + ", from " + client + ", " + state + "\n" + transcript;
    }
}
