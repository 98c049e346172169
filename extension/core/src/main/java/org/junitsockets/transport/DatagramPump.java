package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.MessageListener;

/**
 * Sorts what arrives at one socket by sender. It has no thread: whoever reads or waits takes in what is
 * there, for all. Of those that wait one leads and waits for the socket; the others wait for him, and one
 * of them leads once he leaves.
 *
 * <p>Its monitor guards all of it, the waiting places and the peers' queues too; nothing under it blocks.
 * Losses are told without it, since who is told may have a lock of its own.
 */
final class DatagramPump {

    /** What may be unread, of all senders together; what comes then is lost, as a full socket loses it. */
    static final int MOST_BYTES = 8 << 20;

    /** What a datagram counts beside its content, or those without any would not be bounded. */
    static final int OVERHEAD = 256;

    /** More than any datagram has: RFC 768 counts the length in 16 bits, together with the header. */
    static final int LARGEST = 1 << 16;

    /** More than a socket's buffer of the usual size holds; nobody is kept up longer by a flood. */
    private static final int MOST_AT_ONCE = 512;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private final Map<SocketAddress, DatagramPeer> peers = new HashMap<>();
    private final Queue<DatagramPeer> unaccepted = new ArrayDeque<>();
    private final Set<Long> drops = new HashSet<>();
    private final List<LostDatagram> untold = new ArrayList<>();
    private final WaitingPlace arrivals = new WaitingPlace(() -> !unaccepted.isEmpty());

    private @Nullable MessageListener listener;
    private boolean arrivedUntold;
    private @Nullable Selector selector;
    private @Nullable WaitingPlace leader;
    private long sequence;
    private int unread;
    private boolean stopped;

    DatagramPump(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Where one waits for new senders. */
    WaitingPlace arrivals() {
        return arrivals;
    }

    synchronized void listener(MessageListener listener) {
        this.listener = listener;
    }

    synchronized void drop(int... indices) {
        for (int index : indices) {
            if (index <= sequence) {
                throw new IllegalArgumentException("a message to drop: found number " + index + " (expected: more than "
                        + sequence + ", as so many have arrived)");
            }
        }
        for (int index : indices) {
            drops.add((long) index);
        }
    }

    /** The peer of the next new sender, or {@code null}. */
    @Nullable
    DatagramPeer accept() throws IOException {
        try {
            synchronized (this) {
                requireOpen(arrivals);
                takeIn();
                return unaccepted.poll();
            }
        } finally {
            tell();
        }
    }

    /** The next datagram of the peer's sender, or {@code null}. */
    @Nullable
    Datagram next(DatagramPeer peer) throws IOException {
        try {
            synchronized (this) {
                requireOpen(peer.place());
                takeIn();
                @Nullable Datagram next = peer.queue().poll();
                if (next != null) {
                    unread -= cost(next);
                }
                return next;
            }
        } finally {
            tell();
        }
    }

    private static void requireOpen(WaitingPlace place) throws ClosedChannelException {
        if (place.isClosed()) {
            throw new ClosedChannelException();
        }
    }

    private static int cost(Datagram datagram) {
        return datagram.content().capacity() + OVERHEAD;
    }

    int send(ByteBuffer source, DatagramPeer peer) throws IOException {
        synchronized (this) {
            requireOpen(peer.place());
        }
        try {
            return channel.send(source, peer.remoteAddress());
        } catch (AlreadyConnectedException e) {
            throw new SocketException("nothing is sent from " + address + " while it is stopped");
        }
    }

    // -- taking in ---------------------------------------------------------------------------------

    private void takeIn() throws IOException {
        long before = sequence;
        for (int i = 0; i < MOST_AT_ONCE && !stopped; i++) {
            buffer.clear();
            @Nullable SocketAddress sender = channel.receive(buffer);
            if (sender == null) {
                break;
            }
            buffer.flip();
            arrived(sender, ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
        }
        if (sequence > before) {
            rouseReady();
        }
    }

    /** Whoever leads waits for the socket, from which what is for him may just have been taken. */
    private void rouseReady() {
        if (leader != null && selector != null && leader.isReady()) {
            selector.wakeup();
        }
        notifyAll();
    }

    private void arrived(SocketAddress sender, ByteBuffer content) {
        Datagram datagram = new Datagram(++sequence, content);
        boolean onPurpose = drops.remove(sequence);
        if (onPurpose || unread + cost(datagram) > MOST_BYTES) {
            untold.add(new LostDatagram(sender, sequence, content.remaining(), onPurpose));
            return;
        }
        @Nullable DatagramPeer peer = peers.get(sender);
        if (peer == null) {
            if (arrivals.isClosed()) {
                return; // nobody is to be served any more
            }
            peer = new DatagramPeer(this, sender);
            peers.put(sender, peer);
            unaccepted.add(peer);
        } else {
            arrivedUntold = true;
        }
        peer.queue().add(datagram);
        unread += cost(datagram);
    }

    private void tell() {
        List<LostDatagram> lost;
        boolean arrived;
        @Nullable MessageListener told;
        synchronized (this) {
            if (untold.isEmpty() && !arrivedUntold) {
                return;
            }
            lost = List.copyOf(untold);
            untold.clear();
            arrived = arrivedUntold;
            arrivedUntold = false;
            told = listener;
        }
        if (told == null) {
            return;
        }
        for (LostDatagram one : lost) {
            told.lost(one.sender(), one.sequence(), one.length(), one.onPurpose());
        }
        if (arrived) {
            told.arrived();
        }
    }

    // -- waiting -----------------------------------------------------------------------------------

    /** Waits for the place to be ready or closed, and returns whether it is; or until woken or interrupted. */
    boolean await(WaitingPlace place, long millis) throws IOException {
        long begun = System.nanoTime();
        long since = enter(place);
        try {
            boolean ready = isReady(place);
            while (!ready && !isOver(place, since)) {
                long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                if (left <= 0) {
                    return false;
                }
                @Nullable Selector leading = leadOrFollow(place, since, left);
                if (leading != null) {
                    select(leading, left);
                }
                ready = isReady(place);
                tell();
            }
            return ready;
        } finally {
            leave(place);
            tell();
        }
    }

    private synchronized long enter(WaitingPlace place) {
        return place.enter();
    }

    private synchronized void leave(WaitingPlace place) {
        place.leave();
    }

    private synchronized boolean isReady(WaitingPlace place) throws IOException {
        if (place.isClosed()) {
            return true;
        }
        takeIn();
        return place.isReady();
    }

    private synchronized boolean isOver(WaitingPlace place, long since) {
        return place.isWoken(since) || Thread.currentThread().isInterrupted();
    }

    /**
     * Makes the caller the one who waits for the socket and returns by what he does; or waits for the one
     * who is; or does nothing if something has changed since he looked.
     */
    private synchronized @Nullable Selector leadOrFollow(WaitingPlace place, long since, long millis)
            throws IOException {
        if (place.isReady() || place.isWoken(since)) {
            return null;
        }
        if (leader != null) {
            follow(millis);
            return null;
        }
        if (selector == null) {
            selector = openSelector();
        }
        leader = place;
        return selector;
    }

    private synchronized void follow(long millis) {
        try {
            wait(millis); // until something arrives or is called off, or nobody leads any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Selector openSelector() throws IOException {
        Selector opened = Selector.open();
        try {
            channel.register(opened, SelectionKey.OP_READ);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void select(Selector leading, long millis) throws IOException {
        try {
            leading.select(key -> {}, millis);
        } catch (ClosedSelectorException e) {
            // closed meanwhile, as the place is
        } finally {
            noLongerLead();
        }
    }

    private synchronized void noLongerLead() throws IOException {
        leader = null;
        notifyAll(); // one of them leads, and each sees whether something has come for him
    }

    synchronized void wakeup(WaitingPlace place) {
        place.wakeup();
        rouse(place);
    }

    private void rouse(WaitingPlace place) {
        if (leader == place && selector != null) {
            selector.wakeup(); // also if he does not select yet
        }
        notifyAll();
    }

    // -- ends --------------------------------------------------------------------------------------

    /**
     * Connects the socket to itself: it keeps its port, and whatever others send meets nobody, so that the
     * kernel answers with ICMP. What had come and was not accepted is lost.
     */
    void stop() throws IOException {
        try {
            synchronized (this) {
                takeIn();
                forgetUnaccepted();
                channel.connect(address);
                stopped = true;
            }
        } finally {
            tell();
        }
    }

    synchronized void start() throws IOException {
        channel.disconnect();
        stopped = false;
    }

    private void forgetUnaccepted() {
        unaccepted.forEach(this::forget);
        unaccepted.clear();
    }

    private void forget(DatagramPeer peer) {
        peers.remove(peer.remoteAddress());
        peer.queue().forEach(datagram -> unread -= cost(datagram));
        peer.queue().clear();
    }

    /** Takes no more senders; the socket stays open for the peers that were accepted. */
    synchronized void closeArrivals() throws IOException {
        if (!arrivals.isClosed()) {
            arrivals.close();
            forgetUnaccepted();
            rouse(arrivals);
            closeIfUnused();
        }
    }

    /** Forgets the sender: what has come until now with him, what comes later makes him a new one. */
    void close(DatagramPeer peer) throws IOException {
        try {
            synchronized (this) {
                if (!peer.place().isClosed()) {
                    takeIn();
                    peer.place().close();
                    forget(peer);
                    rouse(peer.place());
                    closeIfUnused();
                }
            }
        } finally {
            tell();
        }
    }

    private void closeIfUnused() throws IOException {
        if (arrivals.isClosed() && peers.isEmpty()) {
            channel.close();
            if (selector != null) {
                selector.close(); // or the port would stay taken
            }
        }
    }

    /** What came in one piece. */
    record Datagram(long sequence, ByteBuffer content) {}
}
