package org.junitsockets.testcontainers.carried;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.MessageListener;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Window;

/**
 * A datagram socket of an agent's, whose senders each count as a connection, from the first datagram on
 * until that is closed. The socket is closed with the last of them, or with this if there are none.
 *
 * <p>Its monitor guards all of it, and is the lock of all who wait.
 */
final class CarriedDatagrams implements ListeningEndpoint, Receiver {

    /** What may be unread, of all senders together; what comes then is lost, as a full socket loses it. */
    static final int MOST_BYTES = 8 << 20;

    private final AgentClient client;
    private final int id;
    private final Window fromAgent = new Window(Window.MESSAGES);
    private final WaitingPlace place = new WaitingPlace(this);
    private final Map<SocketAddress, CarriedSender> senders = new HashMap<>();
    private final Deque<CarriedSender> unaccepted = new ArrayDeque<>();
    private final Set<Long> drops = new HashSet<>();
    private final List<Lost> untold = new ArrayList<>();

    private volatile @Nullable InetSocketAddress address;
    private @Nullable MessageListener listener;
    private @Nullable IOException failure;
    private boolean arrivedUntold;
    private long sequence;
    private int unread;
    private int toGiveBack;
    private boolean closed;
    private boolean gone;

    private record Lost(SocketAddress sender, long sequence, int length, boolean onPurpose) {}

    CarriedDatagrams(AgentClient client, int id) {
        this.client = client;
        this.id = id;
    }

    void opened(InetSocketAddress reachable) {
        address = reachable;
    }

    @Override
    public InetSocketAddress localAddress() {
        return requireNonNull(address, "it was opened");
    }

    // -- what the agent says -------------------------------------------------------------------------------

    @Override
    public void received(Frame frame) throws ProtocolException {
        if (frame.kind() != Kind.MESSAGE) {
            throw ProtocolException.found("a frame for a datagram socket", frame, "MESSAGE");
        }
        InetSocketAddress sender = frame.getAddress();
        int cost = frame.payload().remaining() + Window.MESSAGE_OVERHEAD;
        synchronized (this) {
            fromAgent.use(cost);
            toGiveBack += cost;
            if (toGiveBack >= Window.MESSAGES / 2) {
                giveBack();
            }
            arrived(sender, frame.getRest());
        }
    }

    /** What is kept here is bounded here. */
    private void giveBack() {
        fromAgent.restore(toGiveBack);
        try {
            client.send(Frame.of(Kind.WINDOW, id).putInt(toGiveBack));
        } catch (IOException e) {
            return; // it has failed, and all hear so
        }
        toGiveBack = 0;
    }

    private void arrived(InetSocketAddress from, byte[] content) {
        CarriedSender.Message message = new CarriedSender.Message(++sequence, ByteBuffer.wrap(content));
        boolean onPurpose = drops.remove(sequence);
        if (onPurpose || unread + cost(message) > MOST_BYTES) {
            untold.add(new Lost(from, sequence, content.length, onPurpose));
            place.nudge(); // who waits tells
            return;
        }
        @Nullable CarriedSender sender = senders.get(from);
        if (sender == null) {
            if (closed) {
                return; // nobody is to be served any more
            }
            sender = new CarriedSender(this, from);
            senders.put(from, sender);
            unaccepted.add(sender);
        } else {
            arrivedUntold = true;
        }
        unread += cost(message);
        sender.queue().add(message);
        place.nudge();
    }

    private static int cost(CarriedSender.Message message) {
        return message.content().capacity() + Window.MESSAGE_OVERHEAD;
    }

    @Override
    public void failed(IOException reason) {
        synchronized (this) {
            failure = reason;
            place.nudge();
        }
    }

    // -- messages ------------------------------------------------------------------------------------------

    @Override
    public synchronized void listener(MessageListener told) {
        listener = told;
    }

    /** If one of them cannot be dropped, none is. */
    @Override
    public synchronized void dropMessages(int... numbers) {
        for (int number : numbers) {
            if (number <= sequence) {
                throw new IllegalArgumentException("a message to drop: found number " + number
                        + " (expected: more than " + sequence + ", as so many have arrived)");
            }
        }
        for (int number : numbers) {
            drops.add((long) number);
        }
    }

    /** On the thread of who has read or waited, without the monitor. */
    void tell() {
        List<Lost> lost;
        boolean arrived;
        @Nullable MessageListener told;
        synchronized (this) {
            told = listener;
            if (told == null || (untold.isEmpty() && !arrivedUntold)) {
                return;
            }
            lost = List.copyOf(untold);
            untold.clear();
            arrived = arrivedUntold;
            arrivedUntold = false;
        }
        for (Lost one : lost) {
            told.lost(one.sender(), one.sequence(), one.length(), one.onPurpose());
        }
        if (arrived) {
            told.arrived();
        }
    }

    private synchronized boolean hasToTell() {
        return listener != null && (arrivedUntold || !untold.isEmpty());
    }

    /** Waits at the place until it is ready, telling what there is to be told; returns whether it is. */
    boolean await(WaitingPlace at, BooleanSupplier ready, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (true) {
            long left = Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
            boolean woken = at.await(() -> ready.getAsBoolean() || hasToTell(), left);
            tell();
            if (!woken || ready.getAsBoolean()) {
                return ready.getAsBoolean();
            }
        }
    }

    synchronized CarriedSender.@Nullable Message next(CarriedSender sender) throws IOException {
        if (sender.isClosed()) {
            throw new ClosedChannelException();
        }
        CarriedSender.@Nullable Message next = sender.queue().poll();
        if (next != null) {
            unread -= cost(next);
        } else if (failure != null) {
            throw Told.again(failure);
        }
        return next;
    }

    /** Whether a sender has something to be read, or to be told. */
    synchronized boolean isReady(CarriedSender sender) {
        return sender.isClosed() || failure != null || !sender.queue().isEmpty();
    }

    int send(ByteBuffer source, CarriedSender sender) throws IOException {
        synchronized (this) {
            if (sender.isClosed()) {
                throw new ClosedChannelException();
            }
            if (failure != null) {
                throw Told.again(failure);
            }
        }
        int length = source.remaining();
        if (length > Frame.MAX_DATA) {
            throw new SocketException("Message too long");
        }
        Frame reply = client.request(
                Kind.SEND, id, frame -> frame.putAddress(sender.remoteAddress()).put(source.duplicate()), first -> {});
        boolean sent = reply.getBoolean();
        reply.requireEnd();
        if (!sent) {
            return ConnectionEndpoint.UNAVAILABLE;
        }
        source.position(source.limit());
        return length;
    }

    // -- listening -------------------------------------------------------------------------------------------

    @Override
    public @Nullable ConnectionEndpoint accept() throws IOException {
        try {
            synchronized (this) {
                if (closed) {
                    throw new ClosedChannelException();
                }
                if (failure != null) {
                    throw Told.again(failure);
                }
                return unaccepted.poll();
            }
        } finally {
            tell();
        }
    }

    @Override
    public boolean poll(int operations, long millis) {
        return await(place, this::isAcceptable, millis);
    }

    private synchronized boolean isAcceptable() {
        return closed || failure != null || !unaccepted.isEmpty();
    }

    @Override
    public void wakeup() {
        place.wakeup();
    }

    @Override
    public void settle() throws IOException {
        client.fence();
        tell();
    }

    /** What had come and was not accepted is lost; the agent has sent all that before it answers. */
    @Override
    public void stop() throws IOException {
        client.request(Kind.STOP, id).requireEnd();
        synchronized (this) {
            forgetUnaccepted();
        }
        tell();
    }

    @Override
    public void start() throws IOException {
        client.request(Kind.START, id).requireEnd();
    }

    private void forgetUnaccepted() {
        unaccepted.forEach(this::forget);
        unaccepted.clear();
    }

    private void forget(CarriedSender sender) {
        senders.remove(sender.remoteAddress());
        sender.queue().forEach(message -> unread -= cost(message));
        sender.queue().clear();
    }

    /** Takes no more senders; the socket stays open for those that were accepted. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            forgetUnaccepted();
            place.nudge();
        }
        closeIfUnused();
    }

    /** Forgets the sender: what has come until now with him, what comes later makes him a new one. */
    void close(CarriedSender sender) throws IOException {
        synchronized (this) {
            if (!sender.markClosed()) {
                return;
            }
            forget(sender);
            place.nudge();
        }
        tell();
        closeIfUnused();
    }

    private void closeIfUnused() throws IOException {
        synchronized (this) {
            if (!closed || gone || !senders.isEmpty()) {
                return;
            }
            gone = true;
            if (failure != null) {
                return; // the agent has closed it
            }
        }
        client.close(id, frame -> {});
    }
}
