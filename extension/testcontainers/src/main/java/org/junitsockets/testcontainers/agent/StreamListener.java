package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;

/**
 * A listening TCP socket. It takes connections out of the system's queue only when the test asks for one,
 * so that its backlog is the test's; that there is one to be had it tells by itself, once each time.
 */
final class StreamListener implements Opened {

    private final Session session;
    private final int id;
    private final ListeningEndpoint endpoint;
    private final EndpointOptions options;
    private final Handlers handlers;

    /** {@code null} while it is stopped. */
    private @Nullable SelectionKey key;

    StreamListener(Session session, int id, ListeningEndpoint endpoint, EndpointOptions options) throws IOException {
        this.session = session;
        this.id = id;
        this.endpoint = endpoint;
        this.options = options;
        this.handlers = new Handlers(session.library());
        try {
            watch();
        } catch (IOException | RuntimeException e) {
            endpoint.close();
            throw e;
        }
        session.add(id, this);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) endpoint.localAddress();
    }

    private void watch() throws IOException {
        key = session.register(endpoint.channel().orElseThrow(), SelectionKey.OP_ACCEPT, this);
    }

    private void unwatch() throws IOException {
        if (key != null) {
            session.deregister(key);
            key = null;
        }
    }

    @Override
    public void ready() throws IOException {
        if (key != null && (key.readyOps() & key.interestOps()) != 0) {
            key.interestOps(0); // until the test has asked
            session.link().send(Frame.of(Kind.ACCEPTABLE, id));
        }
    }

    @Override
    public void received(Frame frame) throws IOException {
        int request = frame.getInt();
        switch (frame.kind()) {
            case ACCEPT -> accept(request, frame);
            case STOP -> {
                frame.requireEnd();
                session.answer(request, () -> {
                    unwatch();
                    endpoint.stop();
                    return Session.reply(request);
                });
            }
            case START -> {
                frame.requireEnd();
                session.answer(request, () -> {
                    endpoint.start();
                    watch();
                    return Session.reply(request);
                });
            }
            case CLOSE -> {
                frame.requireEnd();
                session.remove(id);
                session.answer(request, () -> {
                    unwatch();
                    endpoint.close();
                    return Session.reply(request);
                });
            }
            default -> throw ProtocolException.found("what is under the id of " + frame, "a listener", "a stream");
        }
    }

    private void accept(int request, Frame frame) throws IOException {
        int stream = frame.getInt();
        frame.requireEnd();
        session.requireNew(stream, frame);
        session.answer(request, () -> {
            if (key == null) {
                return Session.reply(request).put(false).put(false);
            }
            key.interestOps(SelectionKey.OP_ACCEPT); // further ones are to be told of
            @Nullable ConnectionEndpoint accepted = endpoint.accept();
            if (accepted == null) {
                return Session.reply(request).put(false).put(false);
            }
            Stream opened = new Stream(session, stream, accepted, options, handlers);
            opened.ready(); // what has come is to be there with it
            boolean more = session.isReady(key);
            if (more) {
                key.interestOps(0);
            }
            return Session.reply(request).put(more).put(true).putAddress(opened.remoteAddress());
        });
    }

    @Override
    public void abandon() {
        try {
            unwatch();
            endpoint.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
