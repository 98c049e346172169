package org.junitsockets.jupiter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;

/** Run by {@link InjectedSocketsTests} only. */
final class InjectedSocketsTestCases {

    private InjectedSocketsTestCases() {}

    private static void talk(ServerSocket server, Socket client) throws IOException {
        Socket accepted = server.accept();
        client.getOutputStream().write("ping".getBytes(US_ASCII));
        assertThat(new String(accepted.getInputStream().readNBytes(4), US_ASCII))
                .isEqualTo("ping");
        accepted.getOutputStream().write("pong".getBytes(US_ASCII));
        client.shutdownOutput();
        assertThat(new String(client.getInputStream().readNBytes(4), US_ASCII)).isEqualTo("pong");
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        assertThat(client)
                .hasToString("Socket[addr=" + accepted.getLocalAddress() + ",port=" + server.getLocalPort()
                        + ",localport=" + accepted.getPort() + "]");
        assertThat(server)
                .hasToString(
                        "ServerSocket[addr=" + server.getInetAddress() + ",localport=" + server.getLocalPort() + "]");
        assertThat(client.getChannel()).isNull();
        assertThat(client.getSoTimeout()).isEqualTo(5000);
        assertThat(accepted.getSoTimeout()).as("not the library's to set").isZero();
    }

    static class OverIPv4 {
        @Test
        @WithSocketServer
        void test(ServerSocket server, Socket client) throws IOException {
            talk(server, client);
            fail("the test's own");
        }
    }

    static class OverIPv6 {
        @Test
        @WithSocketServer(transport = Transport.TCP6)
        void test(Socket client, ServerSocket server) throws IOException {
            talk(server, client);
            fail("the test's own");
        }
    }

    static class Passes {
        @Test
        @WithSocketServer
        void test(ServerSocket server, Socket client) throws IOException {
            talk(server, client);
        }
    }

    static class Unread {
        @Test
        @WithSocketServer
        void test(ServerSocket server, Socket client) throws IOException {
            server.accept().getOutputStream().write("unread".getBytes(US_ASCII));
            while (client.getInputStream().available() < 6) {
                Thread.onSpinWait();
            }
            client.getOutputStream().write("unheard".getBytes(US_ASCII));
            fail("the test's own");
        }
    }

    static class NobodyAccepts {
        @Test
        @WithSocketServer
        void test(ServerSocket server, Socket client) throws IOException {
            client.getOutputStream().write("hello".getBytes(US_ASCII));
            fail("the test's own");
        }
    }

    static class ServersOfTheClass {
        @WithSocketServer
        static ServerSocket server;

        @Test
        void test(Socket client) throws IOException {
            talk(server, client);
            fail("the test's own");
        }
    }

    static class Channels {
        @Test
        @WithSocketServer
        void test(ServerSocketChannel server, SocketChannel client) throws IOException {
            client.write(ByteBuffer.wrap("ping".getBytes(US_ASCII)));
            fail("the test's own");
        }
    }

    static class ChannelsOfTheTest {
        @Test
        @WithSocketServer
        void test(ServerSocketChannel server, @Endpoint InetSocketAddress address) throws IOException {
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream().write(1);
            }
            fail("the test's own");
        }
    }

    static class OneEndIsRecorded {
        @Test
        @WithSocketServer(name = "ours")
        @WithSocketServer(name = "channel")
        void test(
                @Endpoint("ours") SocketServer server,
                @Connected("ours") SocketChannel client,
                @Endpoint("channel") ServerSocketChannel channel,
                @Connected("channel") SocketConnection connection)
                throws IOException {
            client.write(ByteBuffer.wrap("ping".getBytes(US_ASCII)));
            server.accept().expect("ping");
            connection.write("pong");
            fail("the test's own");
        }
    }
}
