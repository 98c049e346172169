package org.junitsockets.testcontainers.protocol;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection whose both sides have proved who they are: frames go out and come in. It never
 * blocks.
 *
 * <p>Frames are sent from any thread, in the order of the calls. One thread, which selects on the channel,
 * receives, and sends on what did not go at once.
 */
public final class Link implements Closeable {

    /** Takes frames, one at a time. */
    @FunctionalInterface
    public interface Receiver {
        void received(Frame frame) throws IOException;
    }

    private final SocketChannel channel;
    private final Runnable attention;
    private final ByteBuffer in = ByteBuffer.allocate(2 * (Frame.HEADER + Frame.MAX_PAYLOAD));
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private long unsent;
    private @Nullable IOException broken;

    /**
     * Makes one of a channel that is connected.
     *
     * @param channel non-blocking; the link closes it
     * @param attention calls the thread that selects, since something is left to be sent, or it failed
     */
    public Link(SocketChannel channel, Runnable attention) {
        this.channel = channel;
        this.attention = attention;
    }

    /**
     * Sends a frame, or keeps what the system does not take until {@link #flush()}.
     *
     * @throws IOException if the connection is broken
     */
    public void send(Frame.Builder frame) throws IOException {
        ByteBuffer encoded = frame.encoded();
        synchronized (this) {
            requireWhole();
            boolean first = out.isEmpty();
            out.add(encoded);
            unsent += encoded.remaining();
            if (!first) {
                return; // somebody was called for it
            }
            try {
                writeOut();
            } catch (IOException e) {
                broken = e;
                attention.run();
                throw e;
            }
            if (out.isEmpty()) {
                return;
            }
        }
        attention.run();
    }

    private void requireWhole() throws IOException {
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private void writeOut() throws IOException {
        for (@Nullable ByteBuffer first = out.peek(); first != null; first = out.peek()) {
            unsent -= channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            out.remove();
        }
    }

    /**
     * Sends on what was left.
     *
     * @throws IOException if the connection is broken, also if a {@link #send} has found that
     */
    public synchronized void flush() throws IOException {
        requireWhole();
        writeOut();
    }

    /** How many bytes were sent and not yet taken by the system. */
    public synchronized long unsent() {
        return unsent;
    }

    /**
     * Receives frames as long as there are some, and the receiver wants more of them.
     *
     * @param receiver takes each
     * @return how many bytes came; 0 for none at the moment
     * @throws EOFException if the other side has ended the connection
     * @throws IOException if it is broken, or what came is no frame
     */
    public int receive(Receiver receiver) throws IOException {
        int count = channel.read(in);
        in.flip();
        try {
            for (@Nullable Frame frame = next(); frame != null; frame = next()) {
                receiver.received(frame);
            }
        } finally {
            in.compact();
        }
        if (count < 0) {
            throw new EOFException("the other side has ended the connection"
                    + (in.position() == 0 ? "" : " within a frame, of which " + in.position() + " bytes have come"));
        }
        return count;
    }

    private @Nullable Frame next() throws ProtocolException {
        if (in.remaining() < Frame.HEADER) {
            return null;
        }
        int at = in.position();
        int length = in.getInt(at);
        if (length < 0 || length > Frame.MAX_PAYLOAD) {
            throw ProtocolException.found(
                    "the length of a frame",
                    Integer.toUnsignedString(length) + " bytes",
                    "at most " + Frame.MAX_PAYLOAD);
        }
        Kind kind = Kind.of(in.get(at + 4));
        if (in.remaining() < Frame.HEADER + length) {
            return null;
        }
        Frame frame = new Frame(kind, in.getInt(at + 5), in.slice(at + Frame.HEADER, length));
        in.position(at + Frame.HEADER + length);
        return frame;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
