package org.junitsockets.testcontainers.carried;

import static java.nio.channels.SelectionKey.OP_READ;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
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

/**
 * One end of a TCP connection, whose socket is an agent's.
 *
 * <p>What is sent under its lock never blocks; requests are made without it.
 */
final class CarriedConnection implements ConnectionEndpoint, Receiver {

    private final AgentClient client;
    private final int id;
    private final SocketAddress local;
    private final Object lock = new Object();
    private final WaitingPlace place = new WaitingPlace(lock);

    /** For what the agent sends, so that it keeps to it. */
    private final Window fromAgent;

    private final Window toAgent;
    private final int giveBack;

    /** As a system does, which wakes a writer only once there is some room again. */
    private final int writableFrom;

    private final Deque<ByteBuffer> input = new ArrayDeque<>();
    private int consumed;
    private volatile @Nullable InetSocketAddress remote;
    private boolean inputEnded;
    private @Nullable IOException inputFailure;
    private @Nullable IOException outputFailure;
    private @Nullable IOException failure;
    private boolean outputShutDown;
    private boolean dropUnsent;
    private boolean closed;

    /** Somebody is about to close it: no handler is to begin. */
    private boolean closing;

    /** How much was read of it. */
    private int taken;

    /** Where a handler in the agent serves it. */
    private @Nullable Shipped shipped;

    /** Whether that has begun: what was on its way before is told once more. */
    private boolean shipment;

    CarriedConnection(AgentClient client, int id, SocketAddress local, EndpointOptions options) {
        this.client = client;
        this.id = id;
        this.local = local;
        this.fromAgent = new Window(Window.initial(options.receiveBuffer()));
        this.toAgent = new Window(Window.initial(options.sendBuffer()));
        this.giveBack = fromAgent.credit() / 2;
        this.writableFrom = toAgent.credit() / 3;
    }

    void accepted(InetSocketAddress from) {
        remote = from;
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        @Nullable InetSocketAddress from = remote;
        if (from == null) {
            throw new IllegalStateException("it was not accepted yet");
        }
        return from;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    // -- what the agent says -----------------------------------------------------------------------------

    @Override
    public void received(Frame frame) throws ProtocolException {
        synchronized (lock) {
            if (shipped != null) {
                if (shipment) {
                    shipped.received(frame);
                }
                place.nudge();
                return;
            }
            switch (frame.kind()) {
                case DATA -> data(frame);
                case WINDOW -> toAgent.grant(frame);
                case FIN -> {
                    frame.requireEnd();
                    inputEnded = true;
                }
                case FAILED -> {
                    boolean ofInput = frame.getBoolean();
                    IOException told = Failure.get(frame);
                    frame.requireEnd();
                    if (ofInput) {
                        inputFailure = told;
                    } else {
                        outputFailure = told;
                    }
                }
                default -> throw ProtocolException.found("a frame for a stream", frame, "one that streams have");
            }
            place.nudge();
        }
    }

    private void data(Frame frame) throws ProtocolException {
        fromAgent.use(frame.payload().remaining());
        if (inputEnded || inputFailure != null) {
            throw ProtocolException.found("data of " + frame, "some after its end", "none");
        }
        if (frame.payload().hasRemaining()) {
            input.add(ByteBuffer.wrap(frame.getRest()));
        }
    }

    @Override
    public void failed(IOException reason) {
        synchronized (lock) {
            failure = reason;
            if (shipped != null) {
                shipped.failed(reason);
            }
            place.nudge();
        }
    }

    // -- a handler in the agent ------------------------------------------------------------------------------

    boolean isOf(AgentClient other) {
        return client == other;
    }

    /** Says which handler, once it is known how much was read before it came. */
    interface Order {
        Run run(int taken);
    }

    /**
     * Has a handler in the agent serve it, and this thread repeat that; who calls it says to the client when
     * that is over.
     *
     * @throws IOException if it is closed, or the agent cannot, or is gone
     */
    Shipped ship(Order order) throws IOException {
        Shipped made = new Shipped(client, id, lock);
        int before;
        synchronized (lock) {
            if (closed || closing) {
                throw new ClosedChannelException();
            }
            if (failure != null) {
                throw Told.again(failure);
            }
            before = taken;
            input.clear();
            shipped = made;
        }
        boolean begun = false;
        client.serving(made); // before anything can have happened there that a fence is to wait for
        try {
            client.request(Kind.RUN, id, order.run(before)::put, first -> {
                        synchronized (lock) {
                            shipment = true;
                        }
                    })
                    .requireEnd();
            begun = true;
            return made;
        } finally {
            if (!begun) {
                client.served(made);
                made.over();
            }
        }
    }

    // -- waiting -------------------------------------------------------------------------------------------

    @Override
    public boolean poll(int operations, long millis) {
        return place.await(() -> isReady(operations), millis);
    }

    private boolean isReady(int operations) {
        if (shipped != null) {
            return shipped.isReady(operations);
        }
        if (closed || failure != null) {
            return true;
        }
        boolean readable = !input.isEmpty() || inputEnded || inputFailure != null;
        boolean writable =
                toAgent.credit() >= writableFrom || outputShutDown || outputFailure != null || inputFailure != null;
        return ((operations & OP_READ) != 0 && readable) || ((operations & ~OP_READ) != 0 && writable);
    }

    @Override
    public void wakeup() {
        place.wakeup();
    }

    // -- bytes -----------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (lock) {
            if (shipped != null) {
                return shipped.read(target);
            }
            if (closed) {
                throw new ClosedChannelException();
            }
            int from = target.position();
            for (@Nullable ByteBuffer first = input.peek();
                    first != null && target.hasRemaining();
                    first = input.peek()) {
                int count = Math.min(first.remaining(), target.remaining());
                target.put(target.position(), first, first.position(), count);
                target.position(target.position() + count);
                first.position(first.position() + count);
                if (!first.hasRemaining()) {
                    input.remove();
                }
            }
            int count = target.position() - from;
            if (count > 0 || !target.hasRemaining()) {
                taken += count;
                giveBack(count);
                return count;
            }
            if (inputEnded) {
                return END;
            }
            if (inputFailure != null) {
                throw Told.again(inputFailure);
            }
            if (failure != null) {
                throw Told.again(failure);
            }
            return UNAVAILABLE;
        }
    }

    private void giveBack(int count) {
        consumed += count;
        if (consumed < giveBack || inputEnded || inputFailure != null || failure != null) {
            return;
        }
        fromAgent.restore(consumed);
        try {
            client.send(Frame.of(Kind.WINDOW, id).putInt(consumed));
        } catch (IOException e) {
            return; // the next read says so
        }
        consumed = 0;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (lock) {
            if (shipped != null) {
                return shipped.write(source);
            }
            requireOutput();
            if (!source.hasRemaining()) {
                return 0;
            }
            int count = Math.min(Math.min(source.remaining(), toAgent.credit()), Frame.MAX_DATA);
            if (count == 0) {
                return UNAVAILABLE;
            }
            toAgent.use(count);
            client.send(Frame.of(Kind.DATA, id, count).put(source.slice(source.position(), count)));
            source.position(source.position() + count);
            return count;
        }
    }

    private void requireOutput() throws IOException {
        if (closed || outputShutDown) {
            throw new ClosedChannelException();
        }
        if (outputFailure != null) {
            throw new SocketException(outputFailure.getMessage());
        }
        if (inputFailure != null) {
            throw Told.again(inputFailure);
        }
        if (failure != null) {
            throw Told.again(failure);
        }
    }

    // -- ends ------------------------------------------------------------------------------------------------

    @Override
    public void shutdownOutput() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (shipped != null) {
                shipped.shutdownOutput();
                return;
            }
            if (outputShutDown || outputFailure != null || inputFailure != null) {
                return;
            }
            if (failure != null) {
                throw Told.again(failure);
            }
            outputShutDown = true;
            place.nudge();
            client.send(Frame.of(Kind.FIN, id));
        }
    }

    @Override
    public void reset() throws IOException {
        if (closeShipped(true)) {
            return;
        }
        if (closeHere()) {
            client.unregister(id);
            client.request(Kind.RESET, id).requireEnd();
        }
    }

    @Override
    public void dropUnsent() {
        synchronized (lock) {
            dropUnsent = true;
            if (shipped != null) {
                shipped.dropUnsent();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closeShipped(false)) {
            return;
        }
        boolean unread;
        boolean drop;
        synchronized (lock) {
            unread = !input.isEmpty();
            drop = dropUnsent;
        }
        if (closeHere()) {
            client.close(id, frame -> frame.put(drop).put(unread));
        }
    }

    private boolean closeShipped(boolean byReset) throws IOException {
        boolean letGo;
        synchronized (lock) {
            if (shipped == null) {
                closing = true;
                return false;
            }
            closed = true;
            letGo = shipped.close(byReset);
        }
        if (letGo) {
            client.close(id, frame -> frame.put(false).put(false));
        }
        return true;
    }

    /** Whether the agent is to be told: not twice, and not where it is gone, and has closed it. */
    private boolean closeHere() {
        synchronized (lock) {
            boolean first = !closed;
            closed = true;
            place.nudge();
            return first && failure == null;
        }
    }

    @Override
    public long unsent() {
        synchronized (lock) {
            if (shipped != null) {
                return 0; // what is repeated has gone
            }
        }
        try {
            return status().getLong();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public boolean isWithoutEnd() {
        synchronized (lock) {
            if (shipped != null) {
                return shipped.isOpen();
            }
            if (inputEnded || inputFailure != null || outputFailure != null) {
                return false;
            }
        }
        try {
            Frame status = status();
            status.getLong();
            return status.getBoolean();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void settle() throws IOException {
        client.fence();
    }

    private Frame status() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
        }
        return client.request(Kind.STATUS, id);
    }
}
