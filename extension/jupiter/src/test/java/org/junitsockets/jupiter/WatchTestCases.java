package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Run by {@link WatchTests} only: each is blocked in a raw channel. */
final class WatchTestCases {

    private WatchTestCases() {}

    @WithSocketServer
    static class Blocked {
        @Test
        void read(SocketChannel client) throws IOException {
            client.read(ByteBuffer.allocate(1));
        }

        @Test
        void write(SocketChannel client) throws IOException {
            for (int i = 0; i < 1000; i++) {
                client.write(ByteBuffer.allocate(100_000));
            }
        }

        @Test
        void accept(ServerSocketChannel server) throws IOException {
            server.accept();
        }

        @Test
        void future(AsynchronousServerSocketChannel server) throws Exception {
            server.accept().get();
        }

        @Test
        void caught(SocketChannel client) {
            assertThrows(ClosedByInterruptException.class, () -> client.read(ByteBuffer.allocate(1)));
        }

        @AfterEach
        void notInterruptedAnyMore() {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("still interrupted")
                    .isFalse();
        }
    }

    static class BlockedInAConstructor {
        BlockedInAConstructor(@WithSocketServer ServerSocketChannel server) throws IOException {
            server.accept();
        }

        @Test
        void test() {}
    }

    static class BlockedInBeforeEach {
        @BeforeEach
        void accept(@WithSocketServer ServerSocketChannel server) throws IOException {
            server.accept();
        }

        @Test
        void test() {}
    }

    static class BlockedInBeforeAll {
        @BeforeAll
        static void accept(@WithSocketServer ServerSocketChannel server) throws IOException {
            server.accept();
        }

        @Test
        void test() {}
    }

    static class BlockedInATestTemplate {
        @RepeatedTest(1)
        void test(@WithSocketServer ServerSocketChannel server) throws IOException {
            server.accept();
        }
    }

    static class BlockedInADynamicTest {
        @TestFactory
        DynamicTest factory(@WithSocketServer ServerSocketChannel server) {
            return dynamicTest("accept", server::accept);
        }
    }

    static class BlockedInAfterAll {
        @WithSocketServer
        static ServerSocketChannel server;

        @Test
        void test() {}

        @AfterAll
        static void afterAll() throws IOException {
            server.accept();
        }
    }

    @WithSocketServer
    static class BlockedTwice {
        // Not in a channel operation after the first: Thread.interrupt() may still be on its way to close that.
        @Test
        void test(AsynchronousServerSocketChannel server) {
            Future<AsynchronousSocketChannel> nobody = server.accept();
            assertThrows(InterruptedException.class, nobody::get);
            assertThrows(InterruptedException.class, nobody::get);
        }
    }

    @WithSocketServer
    static class BlockedInASelector {
        @Test
        void test(SocketChannel client) throws IOException {
            try (Selector selector = Selector.open()) {
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_READ);
                selector.select();
            }
        }
    }

    @WithSocketServer
    static class ManyShortReads {
        @Test
        void test(SocketChannel client, ServerSocketChannel server) throws IOException {
            try (SocketChannel accepted = server.accept()) {
                for (int i = 0; i < 100; i++) {
                    accepted.write(ByteBuffer.wrap(new byte[] {1}));
                    assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
                }
            }
        }
    }
}
