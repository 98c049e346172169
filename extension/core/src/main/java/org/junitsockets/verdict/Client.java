package org.junitsockets.verdict;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.junitsockets.transcript.Conversation;

/** A client that the library has connected, and therefore ends. */
public interface Client extends Closeable {

    /** The address of this end, while it is open. */
    SocketAddress localAddress() throws IOException;

    /** Takes into its transcript, without waiting, what has come and nobody has read. */
    default void observe() throws IOException {}

    /** Tells the server that nothing more will come. */
    void shutdownOutput() throws IOException;

    /** What was said on it, if that was recorded at this end. */
    default Optional<Conversation> conversation() {
        return Optional.empty();
    }

    /** Reads and drops what comes until there is no more, on a thread of its own. */
    void drain() throws IOException;
}
