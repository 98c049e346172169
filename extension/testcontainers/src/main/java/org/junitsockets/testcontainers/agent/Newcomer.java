package org.junitsockets.testcontainers.agent;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.protocol.Handshake;

/** Somebody who has connected and has yet to prove that he has the secret. Nothing of his is kept but that. */
final class Newcomer {

    private final SocketChannel channel;
    private final Handshake handshake;
    private final long since;
    private @Nullable ByteBuffer answer;
    private final ByteBuffer proof = ByteBuffer.allocate(Handshake.PROOF);

    Newcomer(SocketChannel channel, byte[] secret) throws IOException {
        this.channel = channel;
        this.handshake = new Handshake(secret);
        this.since = System.nanoTime();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        send(handshake.hello());
    }

    /** What is so short fits into the buffer of a socket that nothing was written to. */
    private void send(ByteBuffer message) throws IOException {
        channel.write(message);
        if (message.hasRemaining()) {
            throw new IOException("the system takes no " + message.capacity() + " bytes");
        }
    }

    SocketChannel channel() {
        return channel;
    }

    long nanosSince() {
        return System.nanoTime() - since;
    }

    /**
     * Reads what there is of his proof.
     *
     * @return whether that is complete, and right
     */
    boolean hasProved() throws IOException {
        if (channel.read(proof) < 0) {
            throw new EOFException("it ended after " + proof.position() + " bytes (expected: " + Handshake.PROOF + ")");
        }
        if (proof.hasRemaining()) {
            return false;
        }
        answer = handshake.answer(proof);
        return true;
    }

    /** Proves to him, who has done so, that the agent has the secret too. */
    void answer() throws IOException {
        try {
            send(requireNonNull(answer, "the answer to a proof"));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
