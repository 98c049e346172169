package org.junitsockets.testcontainers.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.Link;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Resources;

/** The class loaders of handlers, each of which stands for one of the test's and asks that. */
final class Library {

    /** More than a test run has. */
    private static final int MOST_LOADERS = 1000;

    private final Link link;
    private final Map<Integer, ShippedClassLoader> loaders = new HashMap<>();
    private final Map<Integer, Wanted> wanted = new HashMap<>();
    private int lastRequest;
    private boolean over;

    Library(Link link) {
        this.link = link;
    }

    synchronized ShippedClassLoader loader(int id) throws IOException {
        @Nullable ShippedClassLoader loader = loaders.get(id);
        if (loader == null) {
            if (loaders.size() == MOST_LOADERS) {
                throw new IOException("found more than " + MOST_LOADERS + " class loaders of handlers");
            }
            loader = new ShippedClassLoader(Library.class.getClassLoader(), name -> get(id, name));
            loaders.put(id, loader);
        }
        return loader;
    }

    /** Something that was asked for. */
    private static final class Wanted {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean found;
        private boolean complete;
    }

    private byte @Nullable [] get(int loader, String name) throws IOException {
        Wanted one = new Wanted();
        int request;
        synchronized (this) {
            request = ++lastRequest;
            wanted.put(request, one);
        }
        link.send(Frame.of(Kind.WANTED, request).putInt(loader).putText(name));
        synchronized (this) {
            try {
                while (!one.complete && !over) {
                    TimeUnit.SECONDS.timedWait(this, 1); // with a limit: who waits here is at work
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the thread was interrupted");
            } finally {
                if (!one.complete) {
                    wanted.remove(request);
                }
            }
            if (!one.complete) {
                throw new IOException("the connection to the test has ended");
            }
            return one.found ? one.content.toByteArray() : null;
        }
    }

    /** Takes a piece of what was asked for. */
    synchronized void received(Frame frame) throws ProtocolException {
        @Nullable Wanted one = wanted.get(frame.id());
        if (one == null) {
            if (frame.id() <= 0 || frame.id() > lastRequest) {
                throw ProtocolException.found("the id of " + frame, "nothing that was wanted", "something");
            }
            return; // whoever wanted it was interrupted
        }
        one.found = frame.getBoolean();
        boolean last = frame.getBoolean();
        if (one.content.size() + frame.payload().remaining() > Resources.MOST) {
            throw ProtocolException.found("the length of " + frame, "more", "at most " + Resources.MOST + " bytes");
        }
        one.content.writeBytes(frame.getRest());
        if (last) {
            one.complete = true;
            wanted.remove(frame.id());
            notifyAll();
        }
    }

    /** Nothing more will come. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
