package org.junitsockets.testcontainers.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.testcontainers.protocol.Failure;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.Link;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.work.Workers;

/**
 * What an agent does for the test: opens, accepts, carries. All of it on one thread, which selects; only
 * {@link #link()} is for others too.
 */
final class Session {

    /** With more than that on its way to the test no more is taken from it. */
    private static final long MOST_UNSENT = 8 << 20;

    private static final long LOOK_AGAIN_MILLIS = 5;

    private final Selector selector;
    private final Sockets sockets;
    private final SelectionKey control;
    private final Link link;
    private final Map<Integer, Opened> opened = new HashMap<>();
    private final Library library;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(Session::thread);

    /** What the test has closed, and what still has something to send. */
    private final Set<Opened> lingering = new HashSet<>();

    private final ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_DATA);

    Session(Selector selector, SocketChannel channel, Sockets sockets) throws IOException {
        this.selector = selector;
        this.sockets = sockets;
        this.link = new Link(channel, selector::wakeup);
        this.library = new Library(link);
        this.control = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Carries until the test ends the connection. */
    void run() throws IOException {
        List<SelectionKey> ready = new ArrayList<>();
        try {
            while (true) {
                link.flush();
                long unsent = link.unsent();
                control.interestOps(
                        (unsent > 0 ? SelectionKey.OP_WRITE : 0) | (unsent < MOST_UNSENT ? SelectionKey.OP_READ : 0));
                selector.select(ready::add);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (ready.remove(control)) {
                    ready.add(control); // what there is comes before what the test wants
                }
                for (SelectionKey key : ready) {
                    if (key.equals(control)) {
                        receive();
                    } else {
                        look(key);
                    }
                }
                ready.clear();
            }
        } catch (EOFException e) {
            // that is how a session ends
        } catch (ProtocolException e) {
            Frame.Builder farewell = Frame.of(Kind.ERROR, 0);
            Failure.put(farewell, e);
            link.send(farewell);
            throw e;
        } finally {
            library.end();
            looking.shutdownNow();
            opened.values().forEach(Opened::abandon);
            List.copyOf(lingering).forEach(Opened::abandon);
            link.close();
        }
    }

    private void receive() throws IOException {
        if (control.isReadable()) {
            link.receive(this::received);
        }
    }

    private static void look(SelectionKey key) throws IOException {
        if (key.isValid()) {
            ((Opened) key.attachment()).ready();
        }
    }

    Link link() {
        return link;
    }

    Library library() {
        return library;
    }

    /** Has something looked at again in a moment, on another thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // what it throws ends nothing
    void lookAgain(Runnable look) {
        try {
            looking.schedule(look, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // it ends
        }
    }

    private static Thread thread(Runnable look) {
        Thread thread = new Thread(null, look, Workers.THREAD_NAME_PREFIX + "looking", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Of nobody for longer than a call. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    SelectionKey register(SelectableChannel channel, int operations, Opened one) throws IOException {
        return channel.register(selector, operations, one);
    }

    /** Whether a channel is ready for what it is watched for, at this moment. */
    boolean isReady(SelectionKey key) throws IOException {
        List<SelectionKey> ready = new ArrayList<>();
        selector.selectNow(ready::add);
        return ready.contains(key);
    }

    /** Makes the selector forget a channel that is about to be closed: it would stay open until the next select. */
    void deregister(SelectionKey key) throws IOException {
        key.cancel();
        if (selector.isOpen()) {
            selector.selectNow(other -> {});
        }
    }

    void add(int id, Opened one) {
        opened.put(id, one);
    }

    void remove(int id) {
        opened.remove(id);
    }

    void lingers(Opened one) {
        lingering.add(one);
    }

    void lingersNoMore(Opened one) {
        lingering.remove(one);
    }

    // -- frames --------------------------------------------------------------------------------------

    private void received(Frame frame) throws IOException {
        switch (frame.kind()) {
            case LISTEN -> listen(frame);
            case FENCE -> fence(frame);
            case RESOURCE -> library.received(frame);
            default -> {
                @Nullable Opened one = opened.get(frame.id());
                if (one != null) {
                    one.received(frame);
                } else if (frame.kind().isRequest()) {
                    refuse(frame.getInt()); // it may have been sent while another thread of the test closed it
                } else {
                    throw ProtocolException.found("the id of " + frame, "nothing under it", "something that is open");
                }
            }
        }
    }

    private void refuse(int request) throws IOException {
        answer(request, () -> {
            throw new SocketException("it is closed");
        });
    }

    void requireNew(int id, Frame frame) throws ProtocolException {
        if (opened.containsKey(id)) {
            throw ProtocolException.found("a new id in " + frame, "one that is open", "another one");
        }
    }

    private void listen(Frame frame) throws IOException {
        int request = frame.getInt();
        int family = frame.getByte();
        boolean datagrams = frame.getBoolean();
        EndpointOptions options = new EndpointOptions(frame.getCount(), frame.getCount(), frame.getCount());
        frame.requireEnd();
        if (family != 4 && family != 6) {
            throw ProtocolException.found("the family of " + frame, family, "4 or 6");
        }
        requireNew(frame.id(), frame);
        answer(request, () -> {
            InetSocketAddress address;
            if (datagrams) {
                DatagramSocket socket = new DatagramSocket(this, frame.id(), sockets.bind(family == 6, options));
                address = socket.address();
            } else {
                StreamListener listener =
                        new StreamListener(this, frame.id(), sockets.listen(family == 6, options), options);
                address = listener.address();
            }
            return reply(request).putAddress(address);
        });
    }

    /** Looks at all that is open, and answers after all that this has brought to light. */
    private void fence(Frame frame) throws IOException {
        int request = frame.getInt();
        frame.requireEnd();
        List<SelectionKey> ready = new ArrayList<>();
        selector.selectNow(ready::add);
        ready.remove(control);
        for (SelectionKey key : ready) {
            look(key);
        }
        for (Opened one : opened.values()) {
            one.look();
        }
        link.send(reply(request));
    }

    // -- answers -------------------------------------------------------------------------------------

    /** What a request is for. */
    interface Work {
        Frame.Builder go() throws IOException;
    }

    /** Answers a request by what comes of it, or by why nothing does. */
    void answer(int request, Work work) throws IOException {
        Frame.Builder answer;
        try {
            answer = work.go();
        } catch (IOException | RuntimeException e) {
            if (e instanceof ProtocolException wrong) {
                throw wrong;
            }
            answer = Frame.of(Kind.ERROR, request);
            Failure.put(answer, e);
        }
        link.send(answer);
    }

    static Frame.Builder reply(int request) {
        return Frame.of(Kind.REPLY, request);
    }
}
