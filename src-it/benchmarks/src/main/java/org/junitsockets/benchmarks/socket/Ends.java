package org.junitsockets.benchmarks.socket;

import java.io.IOException;
import java.net.Socket;

/**
 * How a connection ends where it is measured by hand: its client closes, in order, and then its
 * server's end by a reset, which takes the client out of TIME_WAIT.
 *
 * <p>A floor that left a port behind with every run would be measured against itself: on Linux some
 * 7,000 of a server's ports in TIME_WAIT make the next bind thirty times slower, and those of a
 * client are no more to be bound by whoever names his port.
 */
public final class Ends {

    private Ends() {}

    /** Closes both. */
    public static void close(Socket client, Socket accepted) throws IOException {
        client.close();
        closeAfterClient(accepted);
    }

    /** Closes the server's end when the client's FIN has been read, or is known to be there. */
    public static void closeAfterClient(Socket accepted) throws IOException {
        accepted.setSoLinger(true, 0);
        accepted.close();
    }
}
