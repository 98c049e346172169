package org.junitsockets.testcontainers.agent;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.testcontainers.protocol.Run;

/** The instances of handlers that serve the connections of one listener. Thread-safe. */
final class Handlers {

    private final Library library;
    private final Map<Integer, Holder> holders = new ConcurrentHashMap<>();

    Handlers(Library library) {
        this.library = library;
    }

    /** Makes one when it is first asked for, and again only where that has failed. */
    private static final class Holder {
        private @Nullable ConnectionHandler handler;
    }

    /**
     * Finds it, or makes it.
     *
     * @throws Throwable what its class or its constructor has thrown
     */
    ConnectionHandler handler(Run run) throws Throwable {
        Holder holder = holders.computeIfAbsent(run.handler(), id -> new Holder());
        synchronized (holder) {
            if (holder.handler == null) {
                holder.handler = make(run);
            }
            return holder.handler;
        }
    }

    private ConnectionHandler make(Run run) throws Throwable {
        Class<?> type = Class.forName(run.type(), true, library.loader(run.loader()));
        Constructor<? extends ConnectionHandler> constructor =
                type.asSubclass(ConnectionHandler.class).getDeclaredConstructor();
        constructor.setAccessible(true); // of any visibility, there as here
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
