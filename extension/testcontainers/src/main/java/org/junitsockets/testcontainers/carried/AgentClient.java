package org.junitsockets.testcontainers.carried;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.Relay;
import org.junitsockets.testcontainers.protocol.Failure;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Handshake;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.Link;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.work.Workers;

/**
 * The test's connection to an agent: what is opened by it is elsewhere, and carried here.
 *
 * <p>Methods may be called from any thread. Once the connection has failed, everything that was opened by it
 * fails too, with the reason.
 */
public final class AgentClient implements Closeable {

    /** As many as are served by default. */
    private static final EndpointOptions RELAY = new EndpointOptions(50, 0, 0);

    /** The agent listens already: its system answers at once, unless no way leads there. */
    private static final int CONNECT_MILLIS = 5_000;

    private final SocketChannel channel;
    private final Reach reachable;
    private final Duration patience;
    private final Selector selector;
    private final SelectionKey key;
    private final Link link;

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, Receiver> receivers = new ConcurrentHashMap<>();
    private final Map<Integer, Reply> replies = new ConcurrentHashMap<>();
    private final Shipping shipping = new Shipping(this);

    /** What handlers in the agent are serving. */
    private final Set<Shipped> shipped = ConcurrentHashMap.newKeySet();

    private volatile @Nullable IOException failure;

    private AgentClient(SocketChannel channel, Reach reachable, Duration patience) throws IOException {
        this.channel = channel;
        this.reachable = reachable;
        this.patience = patience;
        this.selector = Selector.open();
        try {
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
        this.link = new Link(channel, selector::wakeup);
    }

    /**
     * Connects to an agent, and has both sides prove that they have the secret.
     *
     * @param control where the agent waits for the test
     * @param secret of 32 bytes
     * @param reachable gives the address by which one of the agent's is reached from here
     * @param patience how long each answer of the agent may take, this first one too
     * @return the connection; the caller closes it
     * @throws ProtocolException if who answers is no agent of this version and with this secret
     * @throws IOException if nobody answers, or not in time
     */
    public static AgentClient connect(InetSocketAddress control, byte[] secret, Reach reachable, Duration patience)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long end = System.nanoTime() + patience.toNanos();
            channel.socket().connect(control, (int) Math.min(CONNECT_MILLIS, patience.toMillis()));
            prove(channel, new Handshake(secret), control, end);
            AgentClient client = new AgentClient(channel, reachable, patience);
            Thread reader = new Thread(null, client::carry, Workers.THREAD_NAME_PREFIX + "agent", 0, false);
            reader.setDaemon(true);
            reader.start();
            return client;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void prove(SocketChannel channel, Handshake handshake, InetSocketAddress control, long end)
            throws IOException {
        ByteBuffer hello = read(channel, Handshake.HELLO, "hello", control, end);
        ByteBuffer proof = handshake.proof(hello);
        while (proof.hasRemaining()) {
            channel.write(proof);
        }
        handshake.verify(hello, read(channel, Handshake.ANSWER, "proof", control, end));
    }

    private static ByteBuffer read(SocketChannel channel, int length, String what, InetSocketAddress control, long end)
            throws IOException {
        byte[] message = new byte[length];
        InputStream in = channel.socket().getInputStream();
        int position = 0;
        while (position < length) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            int count = 0;
            if (left > 0) {
                channel.socket().setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
                try {
                    count = in.read(message, position, length - position);
                } catch (SocketTimeoutException e) {
                    left = 0;
                }
            }
            if (left <= 0 || count < 0) {
                throw new IOException("the agent's " + what + " from " + control + ": found " + position + " bytes"
                        + (count < 0 ? " and the end" : " in time") + " (expected: " + length + ")");
            }
            position += count;
        }
        return ByteBuffer.wrap(message);
    }

    // -- what it is for --------------------------------------------------------------------------------

    /**
     * Opens a listening endpoint at the agent.
     *
     * @param transport over IP; of {@link Transport#TLS} what is under it
     * @param options what it is to be like
     * @return the endpoint, at the address by which it is reached from here; the caller closes it
     * @throws IOException if it cannot be opened, or the connection has failed
     */
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        return listen(transport, options, reachable::translate);
    }

    /** Gives the address by which one of the agent's is reached. */
    private interface Way {
        InetSocketAddress to(Transport transport, InetSocketAddress address) throws IOException;
    }

    private ListeningEndpoint listen(Transport transport, EndpointOptions options, Way way) throws IOException {
        int id = newId();
        if (transport.has(Capability.MESSAGES)) {
            CarriedDatagrams socket = new CarriedDatagrams(this, id);
            InetSocketAddress bound = listen(id, socket, true, transport, options);
            socket.opened(reach(id, way, transport, bound));
            return socket;
        }
        CarriedListener listener = new CarriedListener(this, id, options);
        InetSocketAddress bound = listen(id, listener, false, transport, options);
        listener.opened(reach(id, way, transport, bound));
        return listener;
    }

    private InetSocketAddress reach(int id, Way way, Transport transport, InetSocketAddress bound) throws IOException {
        try {
            return way.to(transport, bound);
        } catch (IOException e) {
            close(id, frame -> {});
            throw e;
        }
    }

    private InetSocketAddress listen(
            int id, Receiver receiver, boolean datagrams, Transport transport, EndpointOptions options)
            throws IOException {
        register(id, receiver);
        boolean opened = false;
        try {
            Frame reply = request(
                    Kind.LISTEN,
                    id,
                    frame -> frame.putByte(Loopback.isIpv6(transport) ? 6 : 4)
                            .put(datagrams)
                            .putInt(options.backlog())
                            .putInt(options.receiveBuffer())
                            .putInt(options.sendBuffer()),
                    first -> {});
            InetSocketAddress address = reply.getAddress();
            reply.requireEnd();
            opened = true;
            return address;
        } finally {
            if (!opened) {
                unregister(id);
            }
        }
    }

    /**
     * Makes an address of the agent's lead to a server here. It is the one by which the agent's neighbours,
     * such as other containers, reach it.
     *
     * @param transport of both
     * @param server where the server is
     * @return the way to it; the caller closes it
     * @throws IOException if it cannot be opened, or the connection has failed
     */
    public Relay relay(Transport transport, SocketAddress server) throws IOException {
        ListeningEndpoint listener = listen(transport, RELAY, reachable::translateForNeighbours);
        return transport.has(Capability.MESSAGES)
                ? DatagramRelay.start(listener, (InetSocketAddress) server)
                : StreamRelay.start(listener, server);
    }

    /**
     * Makes the agent look at all that is open there; what it finds is here when this returns.
     *
     * @throws IOException if the connection has failed, or no answer comes in time
     */
    public void fence() throws IOException {
        request(Kind.FENCE, 0).requireEnd();
        for (Shipped one : shipped) {
            one.awaitRepeated(patience);
        }
    }

    /**
     * Has a handler run in the agent, for the connections of one listener of its. Its class, and what it needs,
     * is taken there from the class's own loader; one instance serves all of them.
     *
     * <p>It runs here instead over anything but TCP, with TLS in between too; and where it has no name of its
     * own that a class file is found under (a lambda, an anonymous or a local class, one that was made at run
     * time), or no constructor without parameters (an inner class, which needs an instance of its outer one).
     * What it shares with the test by static fields it does not share there.
     *
     * @param type a class with a constructor without parameters
     * @param transport over which it is to serve
     * @return who repeats here what it does there, to be called on the connections of one server; empty where
     *     it has to run here
     */
    public Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return shipping.handler(type, transport);
    }

    void serving(Shipped one) {
        shipped.add(one);
    }

    void served(Shipped one) {
        shipped.remove(one);
    }

    /** Why it can no longer be used, if so. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends the agent's session. What is open there is closed, and fails here. */
    @Override
    public void close() throws IOException {
        fail(new IOException("the connection to the agent was closed here"));
    }

    // -- for what it has opened --------------------------------------------------------------------------

    int newId() {
        return ids.incrementAndGet();
    }

    /** Before the agent can say anything about it. */
    void register(int id, Receiver receiver) throws IOException {
        receivers.put(id, receiver);
        @Nullable IOException before = failure;
        if (before != null) {
            receivers.remove(id);
            throw Told.again(before);
        }
    }

    void unregister(int id) {
        receivers.remove(id);
    }

    void send(Frame.Builder frame) throws IOException {
        try {
            link.send(frame);
        } catch (IOException e) {
            @Nullable IOException before = failure;
            throw before == null ? e : Told.again(before);
        }
    }

    /** Adds what a request has to say. */
    interface Content {
        void addTo(Frame.Builder frame);
    }

    Frame request(Kind kind, int id) throws IOException {
        return request(kind, id, frame -> {}, reply -> {});
    }

    /**
     * Asks the agent for something, and waits for the answer, also if interrupted.
     *
     * @param first sees the reply before anything that the agent has sent after it
     * @return what is left of the reply
     * @throws IOException the agent's, if it could not do it; or if the connection has failed
     */
    Frame request(Kind kind, int id, Content content, Reply.Taker first) throws IOException {
        int request = newId();
        Reply reply = new Reply(first);
        replies.put(request, reply);
        try {
            @Nullable IOException before = failure;
            if (before != null) {
                throw Told.again(before);
            }
            Frame.Builder frame = Frame.of(kind, id, Frame.MAX_DATA / 64).putInt(request);
            content.addTo(frame);
            send(frame);
            @Nullable Frame answer = reply.await(patience);
            if (answer == null) {
                IOException late = new IOException("the agent has not answered " + kind + " within "
                        + patience.toMillis() + " ms (expected: at once)");
                fail(late);
                throw Told.again(late);
            }
            return answer;
        } finally {
            replies.remove(request);
        }
    }

    /** Has the agent close something, unless that is gone, with all that it had open. */
    void close(int id, Content how) throws IOException {
        unregister(id);
        try {
            request(Kind.CLOSE, id, how, reply -> {}).requireEnd();
        } catch (IOException e) {
            if (failure == null) {
                throw e;
            }
        }
    }

    // -- the thread that reads -----------------------------------------------------------------------------

    private void carry() {
        try {
            while (failure == null) {
                link.flush();
                key.interestOps(SelectionKey.OP_READ | (link.unsent() > 0 ? SelectionKey.OP_WRITE : 0));
                selector.select();
                selector.selectedKeys().clear();
                link.receive(this::received);
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            // closed here
        } catch (IOException e) {
            fail(new IOException("the connection to the agent at " + remote() + " has failed: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            fail(new IOException("the connection to the agent at " + remote() + " has failed: " + e, e));
            throw e;
        }
    }

    private @Nullable SocketAddress remote() {
        return channel.socket().getRemoteSocketAddress();
    }

    private void received(Frame frame) throws IOException {
        switch (frame.kind()) {
            case REPLY, ERROR -> {
                if (frame.id() == 0) {
                    throw new IOException(
                            "it has ended the session: " + Failure.get(frame).getMessage());
                }
                @Nullable Reply reply = replies.remove(frame.id());
                if (reply != null) {
                    reply.received(frame);
                } else {
                    requireKnown(frame);
                }
            }
            case WANTED -> shipping.wanted(frame);
            case DATA, WINDOW, FIN, ACCEPTABLE, FAILED, MESSAGE, EVENT -> {
                @Nullable Receiver receiver = receivers.get(frame.id());
                if (receiver != null) {
                    receiver.received(frame);
                } else {
                    requireKnown(frame);
                }
            }
            default -> throw ProtocolException.found("a frame of the agent", frame, "a reply or an event");
        }
    }

    /** What was about to be closed when the agent spoke of it is no mistake. */
    private void requireKnown(Frame frame) throws ProtocolException {
        if (Integer.compareUnsigned(frame.id(), ids.get()) > 0 || frame.id() == 0) {
            throw ProtocolException.found("the id of " + frame, "one that was never given out", "one that was");
        }
    }

    private void fail(IOException reason) {
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = reason;
        }
        try {
            selector.close();
            link.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        for (Receiver one : List.copyOf(replies.values())) {
            one.failed(reason);
        }
        for (Receiver one : List.copyOf(receivers.values())) {
            one.failed(reason);
        }
    }
}
