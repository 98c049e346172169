package org.junitsockets.raw;

import java.io.Closeable;
import java.io.IOException;

/** What is done with a socket that has just been made. */
@FunctionalInterface
interface Opening<S> {

    void run(S socket) throws IOException;

    /** Runs it, and closes the socket if that fails. */
    static <S extends Closeable> S closedOnFailure(S socket, Opening<? super S> opening) throws IOException {
        try {
            opening.run(socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
