package org.junitsockets.benchmarks.jupiter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junitsockets.benchmarks.echo.PooledEcho;

/** By hand: a client of an echo on a cached pool, closed after the test. */
final class EchoResolver implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(EchoResolver.class);

    /** What the Store closes: the client first, and then it waits for the echo to be over. */
    private record Served(ServerSocket server, Socket client, Future<?> echo) implements AutoCloseable {

        static Served open() {
            try {
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Future<?> echo = PooledEcho.serve(server);
                return new Served(server, new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()), echo);
            } catch (IOException e) {
                throw new ParameterResolutionException("no echo", e);
            }
        }

        @Override
        public void close() throws IOException, ExecutionException {
            client.close();
            try {
                echo.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Socket.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Served served = Served.open();
        context.getStore(NAMESPACE).put(Served.class, served);
        return served.client();
    }
}
