package org.junitsockets.benchmarks.jupiter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** By hand: a server socket and a client that is connected to it, closed after the test. */
final class PairResolver implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PairResolver.class);

    /** What the Store closes: the client first. */
    private record Pair(ServerSocket server, Socket client) implements AutoCloseable {

        static Pair open() {
            try {
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                return new Pair(server, new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            } catch (IOException e) {
                throw new ParameterResolutionException("no pair", e);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ServerSocket.class || type == Socket.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        Pair pair = store.get(Pair.class, Pair.class);
        if (pair == null) {
            pair = Pair.open();
            store.put(Pair.class, pair);
        }
        return parameter.getParameter().getType() == Socket.class ? pair.client() : pair.server();
    }
}
