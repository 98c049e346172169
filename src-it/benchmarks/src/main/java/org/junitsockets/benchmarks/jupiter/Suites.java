package org.junitsockets.benchmarks.jupiter;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.Echo;
import org.junitsockets.benchmarks.socket.Ends;
import org.junitsockets.benchmarks.socket.OneByte;
import org.junitsockets.jupiter.WithSocketServer;

/** The test classes that are run. */
final class Suites {

    static final int TESTS = 500;

    private Suites() {}

    /** What JUnit itself takes. */
    static final class Empty {
        @RepeatedTest(TESTS)
        void nothing() {}
    }

    static final class TemporaryDirectory {
        @RepeatedTest(TESTS)
        void injected(@TempDir Path directory) {}
    }

    @ExtendWith(PairResolver.class)
    static final class PairByHand {
        @RepeatedTest(TESTS)
        void injected(ServerSocket server, Socket client) {}
    }

    static final class Pair {
        @RepeatedTest(TESTS)
        @WithSocketServer
        void injected(ServerSocket server, Socket client) {}
    }

    @ExtendWith(PairResolver.class)
    static final class OnePairByHand {
        @Test
        void injected(ServerSocket server, Socket client) {}
    }

    static final class OnePair {
        @Test
        @WithSocketServer
        void injected(ServerSocket server, Socket client) {}
    }

    @ExtendWith(PairResolver.class)
    static final class PairByHandUsed {
        @RepeatedTest(TESTS)
        void accepted(ServerSocket server, Socket client) throws IOException {
            Ends.close(client, server.accept());
        }
    }

    static final class PairUsed {
        @RepeatedTest(TESTS)
        @WithSocketServer
        void accepted(ServerSocket server, Socket client) throws IOException {
            Ends.close(client, server.accept());
        }
    }

    @ExtendWith(EchoResolver.class)
    static final class EchoByHand {
        @RepeatedTest(TESTS)
        void injected(Socket client) {}
    }

    static final class Served {
        @RepeatedTest(TESTS)
        @WithSocketServer(handler = Echo.class)
        void injected(Socket client) {}
    }

    @ExtendWith(EchoResolver.class)
    static final class EchoByHandUsed {
        @RepeatedTest(TESTS)
        void served(Socket client) throws IOException {
            OneByte.thereAndBack(client);
        }
    }

    static final class ServedUsed {
        @RepeatedTest(TESTS)
        @WithSocketServer(handler = Echo.class)
        void served(Socket client) throws IOException {
            OneByte.thereAndBack(client);
        }
    }
}
