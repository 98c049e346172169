package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Sends the rotating pattern of 72 printable characters a line, without end and without looking at
 * what it receives, until the client goes away or the test ends; over UDP, a line in answer to each
 * datagram.
 *
 * <p>A client that does not read stalls it, which is no failure.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc864">RFC 864, Character Generator Protocol</a>
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class CharacterGenerator implements ConnectionHandler {

    private static final int FIRST = ' ';
    private static final int CHARACTERS = '~' - ' ' + 1;
    private static final int LINE = 72;

    /** Creates one; it has no state and can serve any number of connections. */
    public CharacterGenerator() {}

    @Override
    public void handle(SocketConnection peer) {
        byte[] line = new byte[LINE + 2];
        line[LINE] = '\r';
        line[LINE + 1] = '\n';
        for (int shift = 0; isNextWanted(peer); shift = (shift + 1) % CHARACTERS) {
            for (int column = 0; column < LINE; column++) {
                line[column] = (byte) (FIRST + (shift + column) % CHARACTERS);
            }
            peer.write(line);
        }
    }

    private static boolean isNextWanted(SocketConnection peer) {
        if (peer.transport().has(Capability.CONNECTIONS)) {
            return peer.awaitOutput();
        }
        boolean asked = peer.awaitInput();
        if (asked) {
            peer.readAvailable();
        }
        return asked;
    }
}
