package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junitsockets.spi.ConnectionEndpoint;

/**
 * A connection of a relay's: carried on one side, a blocking channel on the other. Each direction has a
 * thread, which passes on bytes, then how they end: a FIN as a half-close, a reset as a reset.
 */
final class Pump {

    /** Longer than anybody waits; a wait is ended by closing. */
    private static final long LONG_MILLIS = 60_000;

    private final ConnectionEndpoint there;
    private final SocketChannel here;
    private final Runnable ended;
    private int endedDirections;
    private boolean closed;

    Pump(ConnectionEndpoint there, SocketChannel here, Runnable ended) {
        this.there = there;
        this.here = here;
        this.ended = ended;
    }

    /** From the agent's client to the server here, until there is nothing more. */
    void inwards() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (true) {
                int count = there.read(buffer.clear());
                if (count == ConnectionEndpoint.END) {
                    here.shutdownOutput();
                    directionEnded();
                    return;
                }
                if (count == ConnectionEndpoint.UNAVAILABLE) {
                    there.poll(OP_READ, LONG_MILLIS);
                    continue;
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    here.write(buffer);
                }
            }
        } catch (IOException e) {
            reset();
        }
    }

    /** The other way. */
    void outwards() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (true) {
                if (here.read(buffer.clear()) < 0) {
                    there.shutdownOutput();
                    directionEnded();
                    return;
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    if (there.write(buffer) == ConnectionEndpoint.UNAVAILABLE) {
                        there.poll(OP_WRITE, LONG_MILLIS);
                    }
                }
            }
        } catch (IOException e) {
            reset();
        }
    }

    private void directionEnded() {
        synchronized (this) {
            endedDirections++;
            if (endedDirections < 2) {
                return;
            }
        }
        end(false);
    }

    /** Cuts it: each side meets a reset. */
    void reset() {
        end(true);
    }

    private void end(boolean byReset) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (byReset) {
                here.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // it is closed
        }
        close(here::close);
        close(byReset ? there::reset : there::close);
        ended.run();
    }

    private interface Closing {
        void go() throws IOException;
    }

    private static void close(Closing closing) {
        try {
            closing.go();
        } catch (IOException e) {
            // the connection to the agent has failed, which closes it there
        }
    }
}
