package org.junitsockets.conformance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * The JDK's own sockets as JUnit injects them. Each listener has a JUnit test of its own, whose end is a part
 * of its close. The pair that is asked for first is the two that were injected; who connects later is the
 * kit's.
 */
abstract class InjectedTestCases<S, C> extends SocketConformance {

    /** Each is a run of JUnit, too slow for thousands. */
    private static final int MOST = 16;

    private final Transport transport;
    private final Class<S> serverType;
    private final Class<C> clientType;
    private final Class<?> test;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<SocketAddress, InjectedListener> fresh = new ConcurrentHashMap<>();

    InjectedTestCases(Transport transport, Class<S> serverType, Class<C> clientType, Class<?> test) {
        this.transport = transport;
        this.serverType = serverType;
        this.clientType = clientType;
        this.test = test;
    }

    @Override
    protected Set<Capability> capabilities() {
        return transport.capabilities();
    }

    abstract Listener listener(S server) throws IOException;

    abstract End end(C client) throws IOException;

    @Override
    protected Listener listen() throws Exception {
        if (count.incrementAndGet() > MOST) {
            throw new UnsupportedOperationException("no more than " + MOST + " tests are run for it");
        }
        Injection injection = Injection.into(test);
        Injection.Injected sockets = injection.sockets(patience());
        Listener listener = listener(serverType.cast(sockets.server()));
        End client = end(clientType.cast(sockets.client()));
        // A client with a connection has been in the queue from the beginning: what is accepted later is others.
        End server = transport.has(Capability.CONNECTIONS) ? listener.accept(patience()) : null;
        InjectedListener injected = new InjectedListener(listener, injection, client, server);
        fresh.put(listener.address(), injected);
        return injected;
    }

    @Override
    protected EndPair pair(Listener listener) throws Exception {
        InjectedListener injected = fresh.remove(listener.address());
        return injected == null ? super.pair(listener) : injected.pair(listener);
    }

    private final class InjectedListener extends ForwardingListener {

        private final Injection injection;
        private final End client;
        private final @Nullable End server;

        InjectedListener(Listener to, Injection injection, End client, @Nullable End server) {
            super(to);
            this.injection = injection;
            this.client = client;
            this.server = server;
        }

        EndPair pair(Listener listener) throws Exception {
            if (server != null) {
                return new EndPair(client, server);
            }
            return InjectedTestCases.super.pair(new ForwardingListener(listener) {
                @Override
                public End connect() {
                    return client;
                }
            });
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (fresh.remove(address()) != null) {
                client.close();
                if (server != null) {
                    server.close();
                }
            }
            try {
                injection.end(patience());
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError("the end of the test that was injected", e);
            }
        }
    }

    static class Sockets extends InjectedTestCases<ServerSocket, Socket> {

        Sockets() {
            super(Transport.TCP, ServerSocket.class, Socket.class, SocketsTest.class);
        }

        @Override
        Listener listener(ServerSocket server) {
            return Listener.of(server);
        }

        @Override
        End end(Socket client) throws IOException {
            return End.of(client);
        }

        static class SocketsTest {
            @Test
            @WithSocketServer
            void test(ServerSocket server, Socket client) throws InterruptedException {
                Injection.hold(server, client);
            }
        }
    }

    abstract static class Channels extends InjectedTestCases<ServerSocketChannel, SocketChannel> {

        Channels(Transport transport, Class<?> test) {
            super(transport, ServerSocketChannel.class, SocketChannel.class, test);
        }

        @Override
        Listener listener(ServerSocketChannel server) throws IOException {
            return Listener.of(server);
        }

        @Override
        End end(SocketChannel client) throws IOException {
            return End.of(client);
        }
    }

    static class TcpChannels extends Channels {

        TcpChannels() {
            super(Transport.TCP, TcpChannelsTest.class);
        }

        static class TcpChannelsTest {
            @Test
            @WithSocketServer
            void test(ServerSocketChannel server, SocketChannel client) throws InterruptedException {
                Injection.hold(server, client);
            }
        }
    }

    static class UnixChannels extends Channels {

        UnixChannels() {
            super(Transport.UNIX, UnixChannelsTest.class);
        }

        static class UnixChannelsTest {
            @Test
            @WithSocketServer(transport = Transport.UNIX)
            void test(ServerSocketChannel server, SocketChannel client) throws InterruptedException {
                Injection.hold(server, client);
            }
        }
    }

    static class DatagramChannels extends InjectedTestCases<DatagramChannel, DatagramChannel> {

        DatagramChannels() {
            super(Transport.UDP, DatagramChannel.class, DatagramChannel.class, DatagramChannelsTest.class);
        }

        @Override
        Listener listener(DatagramChannel server) throws IOException {
            return Listener.of(server);
        }

        @Override
        End end(DatagramChannel client) throws IOException {
            return End.of(client);
        }

        static class DatagramChannelsTest {
            @Test
            @WithSocketServer(transport = Transport.UDP)
            void test(DatagramChannel server, @Connected DatagramChannel client) throws InterruptedException {
                Injection.hold(server, client);
            }
        }
    }

    static class DatagramSockets extends InjectedTestCases<DatagramSocket, DatagramSocket> {

        DatagramSockets() {
            super(Transport.UDP, DatagramSocket.class, DatagramSocket.class, DatagramSocketsTest.class);
        }

        @Override
        Listener listener(DatagramSocket server) {
            return new DatagramSocketListener(server);
        }

        @Override
        End end(DatagramSocket client) {
            return new DatagramSocketEnd(client);
        }

        static class DatagramSocketsTest {
            @Test
            @WithSocketServer(transport = Transport.UDP)
            void test(DatagramSocket server, @Connected DatagramSocket client) throws InterruptedException {
                Injection.hold(server, client);
            }
        }
    }
}
