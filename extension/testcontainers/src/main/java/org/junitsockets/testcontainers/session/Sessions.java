package org.junitsockets.testcontainers.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places of this JVM, one for each set of parameters. They end with the last of the launcher's sessions
 * that are open, which may be in one another, and with the JVM where no launcher has told of any.
 */
final class Sessions {

    static final Sessions OF_JVM = new Sessions();

    private final Map<ContainerParameters, ContainerPlace> places = new HashMap<>();
    private int open;
    private @Nullable Thread backstop;

    synchronized ContainerPlace place(ContainerParameters parameters) {
        if (backstop == null) {
            backstop = new Thread(this::endAll, "junit-sockets-containers");
            Runtime.getRuntime().addShutdownHook(backstop);
        }
        return places.computeIfAbsent(parameters, ContainerPlace::new);
    }

    synchronized void opened() {
        open++;
    }

    /**
     * Ends all places if this was the last one.
     *
     * @throws UncheckedIOException if something was left behind
     */
    void closed() {
        boolean last;
        synchronized (this) {
            open--;
            last = open == 0;
        }
        if (last) {
            endAll();
        }
    }

    private void endAll() {
        List<ContainerPlace> ended;
        synchronized (this) {
            ended = new ArrayList<>(places.values());
            places.clear();
        }
        @Nullable IOException failure = null;
        for (ContainerPlace place : ended) {
            try {
                place.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw new UncheckedIOException("a session's container was not ended: " + failure.getMessage(), failure);
        }
    }
}
