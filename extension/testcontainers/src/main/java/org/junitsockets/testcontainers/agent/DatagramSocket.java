package org.junitsockets.testcontainers.agent;

import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_SNDBUF;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Window;

/** A datagram socket: each message goes to the test with its sender, in the order in which they came. */
final class DatagramSocket implements Opened {

    /** Linux says twice as much of a buffer as it was told, for what it needs itself (socket(7)). */
    private static final int ACCOUNTED = 2;

    private static final int LARGEST = Frame.MAX_DATA + Window.MESSAGE_OVERHEAD;

    private final Session session;
    private final int id;
    private final InetSocketAddress address;
    private final Window toTest = new Window(Window.MESSAGES);
    private DatagramChannel channel;
    private SelectionKey key;
    private boolean stopped;

    DatagramSocket(Session session, int id, DatagramChannel channel) throws IOException {
        this.session = session;
        this.id = id;
        this.channel = channel;
        try {
            this.address = (InetSocketAddress) channel.getLocalAddress();
            this.key = session.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        session.add(id, this);
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void ready() throws IOException {
        takeIn();
        key.interestOps(!stopped && toTest.credit() >= LARGEST ? SelectionKey.OP_READ : 0);
    }

    private void takeIn() throws IOException {
        while (!stopped && toTest.credit() >= LARGEST) {
            ByteBuffer buffer = session.buffer();
            @Nullable SocketAddress sender = channel.receive(buffer);
            if (sender == null) {
                return;
            }
            buffer.flip();
            toTest.use(buffer.remaining() + Window.MESSAGE_OVERHEAD);
            session.link()
                    .send(Frame.of(Kind.MESSAGE, id, buffer.remaining())
                            .putAddress((InetSocketAddress) sender)
                            .put(buffer));
        }
    }

    @Override
    public void received(Frame frame) throws IOException {
        if (frame.kind() == Kind.WINDOW) {
            toTest.grant(frame);
            ready();
            return;
        }
        int request = frame.getInt();
        switch (frame.kind()) {
            case SEND -> {
                InetSocketAddress to = frame.getAddress();
                session.answer(request, () -> {
                    if (stopped) {
                        throw new SocketException("nothing is sent from " + address + " while it is stopped");
                    }
                    int length = frame.payload().remaining();
                    boolean sent = channel.send(frame.payload(), to) == length;
                    return Session.reply(request).put(sent);
                });
            }
            case STOP -> {
                frame.requireEnd();
                session.answer(request, () -> {
                    takeIn();
                    channel.connect(itself());
                    stopped = true;
                    ready();
                    return Session.reply(request);
                });
            }
            case START -> {
                frame.requireEnd();
                session.answer(request, () -> {
                    replace();
                    stopped = false;
                    ready();
                    return Session.reply(request);
                });
            }
            case CLOSE -> {
                frame.requireEnd();
                session.remove(id);
                session.answer(request, () -> {
                    session.deregister(key);
                    channel.close();
                    return Session.reply(request);
                });
            }
            default ->
                throw ProtocolException.found("what is under the id of " + frame, "a datagram socket", "a stream");
        }
    }

    /** Whatever others send meets nobody then, so that the kernel answers with ICMP. */
    private InetSocketAddress itself() {
        InetAddress host = address.getAddress();
        if (!host.isAnyLocalAddress()) {
            return address;
        }
        return new InetSocketAddress(
                Loopback.address(host.getAddress().length == 16 ? Transport.UDP6 : Transport.UDP), address.getPort());
    }

    /**
     * Lets another one take over at the same port, which is never free meanwhile: on Linux a socket that is
     * bound to the wildcard of IPv6 goes on hearing only whom it was connected to.
     */
    private void replace() throws IOException {
        DatagramChannel next = DatagramChannel.open(Loopback.family(address.getAddress()));
        try {
            next.configureBlocking(false);
            next.setOption(SO_RCVBUF, channel.getOption(SO_RCVBUF) / ACCOUNTED);
            next.setOption(SO_SNDBUF, channel.getOption(SO_SNDBUF) / ACCOUNTED);
            channel.setOption(SO_REUSEADDR, true);
            next.setOption(SO_REUSEADDR, true);
            next.bind(address);
            SelectionKey ofNext = session.register(next, SelectionKey.OP_READ, this);
            session.deregister(key);
            channel.close();
            next.setOption(SO_REUSEADDR, false); // with it others could bind too
            channel = next;
            key = ofNext;
        } catch (IOException | RuntimeException e) {
            next.close();
            throw e;
        }
    }

    @Override
    public void abandon() {
        try {
            session.deregister(key);
            channel.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
