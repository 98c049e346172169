package org.junitsockets.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketPair;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.testing.Opened;
import org.junitsockets.transcript.Recording;

/** A connection that is served in another process, and one whose events somebody is told. */
class ElsewhereTests {

    private static final class There implements Elsewhere {

        private final AtomicInteger endings = new AtomicInteger();
        private volatile boolean idle;

        @Override
        public boolean isIdle() {
            return idle;
        }

        @Override
        public @Nullable String waitingIn() {
            return "expectEnd()";
        }

        @Override
        public void scopeEnding() {
            endings.incrementAndGet();
        }
    }

    @Test
    void whoServesItElsewhereSaysHowItStands() {
        try (Opened opened = Opened.with(Transport.TCP)) {
            Connection connection = (Connection) opened.pair().server();
            There there = new There();
            assertThat(connection.waitingIn()).isNull();
            connection.servedBy(there);
            assertThat(connection.isIdle(Thread.currentThread())).isFalse();
            there.idle = true;
            assertThat(connection.isIdle(Thread.currentThread())).isTrue();
            assertThat(connection.waitingIn()).isEqualTo("expectEnd()");
            assertThat(connection.describe()).endsWith("open, a thread waits in expectEnd()");
            connection.scopeEnding();
            assertThat(there.endings).hasValue(1);
            connection.servedHere();
            assertThat(connection.isIdle(Thread.currentThread())).isFalse();
            assertThat(connection.waitingIn()).isNull();
            connection.scopeEnding();
            assertThat(there.endings).hasValue(1);
            connection.servedBy(there);
            assertThat(there.endings).as("of a scope that was ending before").hasValue(2);
        }
    }

    @Test
    void whatIsRecordedIsToldInItsOrderAlsoWhereNothingIsKept() {
        for (String size : List.of("262144", "0")) {
            try (Opened opened = Opened.with(Transport.TCP, "junitsockets.transcript.size", size)) {
                SocketPair pair = opened.pair();
                Connection connection = (Connection) pair.server();
                Queue<String> told = new ConcurrentLinkedQueue<>();
                connection.tell(new Recording.Listener() {
                    @Override
                    public void bytes(Kind kind, ByteBuffer bytes) {
                        byte[] copy = new byte[bytes.remaining()];
                        bytes.get(copy);
                        told.add(kind + " " + new String(copy, java.nio.charset.StandardCharsets.US_ASCII));
                    }

                    @Override
                    public void event(Kind kind, @Nullable Object detail) {
                        told.add(kind + " " + detail);
                    }
                });
                pair.client().write("ping");
                connection.expect("ping").write("pong");
                connection.timedOutElsewhere("readLine()");
                pair.client().expect("pong").shutdownOutput();
                connection.expectEnd().fin();
                assertThat(new ArrayList<>(told))
                        .containsExactly(
                                "RECEIVED ping",
                                "SENT pong",
                                "TIMED_OUT readLine()",
                                "FIN_RECEIVED null",
                                "CLOSED fin()");
            }
        }
    }

    @Test
    void whatIsDroppedAfterTheEndHereIsTakenInToo() {
        try (Opened opened = Opened.with(Transport.TCP)) {
            SocketPair pair = opened.pair();
            Connection connection = (Connection) pair.server();
            connection.shutdownOutput();
            pair.client().write("x").shutdownOutput();
            connection.observeToTheEnd();
            assertThat(connection.transcript().entries())
                    .extracting(entry -> entry.kind())
                    .containsSubsequence(Kind.HALF_CLOSED, Kind.RECEIVED, Kind.FIN_RECEIVED);
            assertThat(connection.readToEnd()).asString().isEqualTo("x");
        }
    }
}
