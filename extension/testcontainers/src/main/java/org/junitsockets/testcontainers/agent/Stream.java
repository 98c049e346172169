package org.junitsockets.testcontainers.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.testcontainers.protocol.Failure;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Run;
import org.junitsockets.testcontainers.protocol.Window;

/** A connection that was accepted, whose bytes and ends are carried both ways. */
final class Stream implements Opened {

    /** What is unread when the test, who has read all it was sent, closes it: at most that is thrown away. */
    private static final int MOST_DRAINED = 1 << 20;

    private final Session session;
    private final int id;
    private final ConnectionEndpoint endpoint;
    private final SelectionKey key;

    /** For what goes to the test. */
    private final Window toTest;

    /** For what comes from it. */
    private final Window fromTest;

    /** What came from the test and did not go yet. */
    private final Deque<ByteBuffer> pending = new ArrayDeque<>();

    private final Handlers handlers;

    /** What was read as long as nothing came from the test: a handler is to begin with it. None if it was too much. */
    private @Nullable ByteArrayOutputStream carried = new ByteArrayOutputStream();

    private final int giveBack;
    private int gone;
    private boolean inputEnded;
    private boolean outputEnding;
    private boolean outputEnded;
    private @Nullable IOException outputFailure;

    /** The test has closed it, and has nothing to do with it any more. */
    private boolean closing;

    Stream(Session session, int id, ConnectionEndpoint endpoint, EndpointOptions options, Handlers handlers)
            throws IOException {
        this.session = session;
        this.id = id;
        this.endpoint = endpoint;
        this.handlers = handlers;
        this.toTest = new Window(Window.initial(options.receiveBuffer()));
        this.fromTest = new Window(Window.initial(options.sendBuffer()));
        this.giveBack = fromTest.credit() / 2;
        try {
            this.key = session.register(endpoint.channel().orElseThrow(), SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException e) {
            endpoint.close();
            throw e;
        }
        session.add(id, this);
    }

    InetSocketAddress remoteAddress() {
        return (InetSocketAddress) endpoint.remoteAddress();
    }

    @Override
    public void ready() throws IOException {
        if (!closing) {
            readIn();
        }
        writeOut();
        if (key.isValid()) {
            key.interestOps((!closing && !inputEnded && toTest.credit() > 0 ? SelectionKey.OP_READ : 0)
                    | (pending.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    private void readIn() throws IOException {
        while (!inputEnded && toTest.credit() > 0) {
            ByteBuffer buffer = session.buffer();
            buffer.limit(Math.min(buffer.capacity(), toTest.credit()));
            int count;
            try {
                count = endpoint.read(buffer);
            } catch (IOException e) {
                inputEnded = true;
                session.link().send(failed(true, e));
                return;
            }
            if (count == ConnectionEndpoint.UNAVAILABLE) {
                return;
            }
            if (count == ConnectionEndpoint.END) {
                inputEnded = true;
                session.link().send(Frame.of(Kind.FIN, id));
                return;
            }
            toTest.use(count);
            keep(buffer.flip());
            session.link().send(Frame.of(Kind.DATA, id, count).put(buffer));
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // it is the session's, and begins at the beginning of its array
    private void keep(ByteBuffer read) {
        if (carried != null && carried.size() + read.remaining() <= Window.STREAM) {
            carried.write(read.array(), read.position(), read.remaining());
        } else {
            carried = null;
        }
    }

    private Frame.Builder failed(boolean input, IOException e) {
        Frame.Builder frame = Frame.of(Kind.FAILED, id).put(input);
        Failure.put(frame, e);
        return frame;
    }

    private void writeOut() throws IOException {
        for (@Nullable ByteBuffer first = pending.peek(); first != null; first = pending.peek()) {
            if (write(first) < 0) {
                return;
            }
            if (!first.hasRemaining()) {
                pending.poll();
            }
        }
        if (outputEnding && !outputEnded && outputFailure == null) {
            outputEnded = true;
            try {
                endpoint.shutdownOutput();
            } catch (IOException e) {
                outputFailed(e);
            }
        }
        if (closing) {
            closeNow();
        }
    }

    private int write(ByteBuffer source) throws IOException {
        try {
            int count = endpoint.write(source);
            if (count > 0) {
                went(count);
            }
            return count;
        } catch (IOException e) {
            outputFailed(e);
            return 0;
        }
    }

    private void went(int count) throws IOException {
        gone += count;
        if (gone >= giveBack && !closing) {
            fromTest.restore(gone);
            session.link().send(Frame.of(Kind.WINDOW, id).putInt(gone));
            gone = 0;
        }
    }

    private void outputFailed(IOException e) throws IOException {
        outputFailure = e;
        pending.clear();
        if (!closing) {
            session.link().send(failed(false, e));
        }
    }

    @Override
    public void received(Frame frame) throws IOException {
        if (closing) {
            throw ProtocolException.found("the id of " + frame, "a stream that was closed", "one that is open");
        }
        switch (frame.kind()) {
            case DATA -> data(frame);
            case WINDOW -> {
                toTest.grant(frame);
                ready();
            }
            case FIN -> {
                frame.requireEnd();
                carried = null;
                outputEnding = true;
                writeOut();
            }
            case STATUS -> status(frame);
            case RESET -> reset(frame);
            case RUN -> run(frame);
            case CLOSE -> close(frame);
            default -> throw ProtocolException.found("what is under the id of " + frame, "a stream", "a listener");
        }
    }

    private void data(Frame frame) throws IOException {
        ByteBuffer data = frame.payload();
        carried = null;
        fromTest.use(data.remaining());
        if (outputEnding) {
            throw ProtocolException.found("data of " + frame, "some after FIN", "none");
        }
        if (outputFailure != null) {
            return; // it was on its way when the test was told
        }
        if (pending.isEmpty()) {
            write(data);
        }
        if (data.hasRemaining() && outputFailure == null) {
            pending.add(ByteBuffer.wrap(frame.getRest()));
            ready();
        }
    }

    private void status(Frame frame) throws IOException {
        int request = frame.getInt();
        frame.requireEnd();
        session.answer(request, () -> {
            long unsent = endpoint.unsent();
            for (ByteBuffer one : pending) {
                unsent = unsent < 0 ? unsent : unsent + one.remaining();
            }
            return Session.reply(request)
                    .putLong(unsent)
                    .put(!inputEnded && outputFailure == null && endpoint.isWithoutEnd());
        });
    }

    /** Gives the connection to a handler, under the same id. */
    private void run(Frame frame) throws IOException {
        int request = frame.getInt();
        Run run = Run.get(frame);
        @Nullable HandlerRun[] started = new HandlerRun[1];
        session.answer(request, () -> {
            if (carried == null) {
                throw new IOException("a handler in the agent: found a connection that the test has used or left"
                        + " unread for long (expected: a new one)");
            }
            session.deregister(key);
            started[0] = new HandlerRun(session, id, run, handlers, endpoint, carried.toByteArray());
            return Session.reply(request);
        });
        if (started[0] != null) {
            started[0].start();
        }
    }

    // -- ends ------------------------------------------------------------------------------------------

    private void reset(Frame frame) throws IOException {
        int request = frame.getInt();
        frame.requireEnd();
        session.answer(request, () -> {
            session.remove(id);
            session.deregister(key);
            endpoint.reset();
            return Session.reply(request);
        });
    }

    /** Closes as a system does: what was written goes on, and where something was unread it resets. */
    private void close(Frame frame) throws IOException {
        int request = frame.getInt();
        boolean drop = frame.getBoolean();
        boolean unread = frame.getBoolean();
        frame.requireEnd();
        session.remove(id);
        session.answer(request, () -> {
            closing = true;
            if (drop || unread) {
                endpoint.dropUnsent();
                pending.clear();
            } else {
                drain();
            }
            session.lingers(this);
            ready();
            return Session.reply(request);
        });
    }

    /** The test would have read it, had it come sooner. */
    private void drain() {
        try {
            for (int total = 0; !inputEnded && total < MOST_DRAINED; ) {
                int count = endpoint.read(session.buffer());
                inputEnded = count < 0;
                total += count;
            }
        } catch (IOException e) {
            inputEnded = true;
        }
    }

    private void closeNow() throws IOException {
        session.lingersNoMore(this);
        session.deregister(key);
        endpoint.close();
    }

    @Override
    public void abandon() {
        try {
            closeNow();
        } catch (IOException e) {
            // it is gone
        }
    }
}
