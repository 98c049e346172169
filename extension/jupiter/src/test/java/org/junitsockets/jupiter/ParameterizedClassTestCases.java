package org.junitsockets.jupiter;

import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Echo;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;

/** Run by {@link ParameterizedClassTests} only. */
final class ParameterizedClassTestCases {

    private ParameterizedClassTestCases() {}

    static final List<SocketServer> CONSTRUCTED = new CopyOnWriteArrayList<>();
    static final List<SocketServer> STATIC = new CopyOnWriteArrayList<>();

    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class ByConstructor {
        private final String text;
        private final Socket client;

        ByConstructor(String text, @WithSocketServer(handler = Echo.class) SocketServer server, Socket client) {
            this.text = text;
            this.client = client;
            CONSTRUCTED.add(server);
        }

        @Test
        void one() throws Exception {
            LifecycleTestCases.echoes(client);
        }

        @Test
        void other(@WithSocketServer(handler = Echo.class) SocketServer own, SocketConnection ofOwn) {
            ofOwn.write(text).expect(text);
        }
    }

    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    @WithSocketServer(name = "ofTest", handler = Echo.class)
    static class ByField {
        @WithSocketServer(handler = Echo.class)
        static SocketServer ofClass;

        @Parameter
        @SuppressWarnings("NullAway.Init")
        String text;

        @Test
        void test(@Connected("ofClass") SocketConnection first, @Connected("ofTest") SocketConnection second) {
            STATIC.add(ofClass);
            first.write(text).expect(text);
            second.write(text).expect(text);
        }
    }
}
