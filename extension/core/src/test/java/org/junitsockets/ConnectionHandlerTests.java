package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.OnEachTransportWithReset;
import org.junitsockets.testing.Raw;

class ConnectionHandlerTests {

    private static final ConnectionHandler LOGIN =
            peer -> peer.expectLine("USER").write("OK\n");

    private static SocketServer server(Transport transport) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().name("db").transport(transport).start();
    }

    @OnEachTransport
    void partsFollowEachOtherOnTheSameConnection(Transport transport) throws Exception {
        try (SocketServer server = server(transport)) {
            server.onConnection(LOGIN.andThen(peer -> peer.expectLine("QUERY").write("ROW\n"))
                    .andThen(SocketConnection::expectEnd));
            try (Socket client = Raw.connect(server)) {
                Raw.write(client, "USER\n");
                assertThat(Raw.read(client, 3)).isEqualTo("OK\n");
                Raw.write(client, "QUERY\n");
                assertThat(Raw.read(client, 4)).isEqualTo("ROW\n");
            }
        }
    }

    @OnEachTransportWithReset
    void aPartStaysWhatItIsAndCanBeCommonToSeveralScripts(Transport transport) throws Exception {
        try (SocketServer server = server(transport)) {
            server.onConnection(LOGIN.andThen(SocketConnection::rst));
            server.onConnection(LOGIN.andThen(peer -> peer.write("MORE\n")));
            server.onConnection(LOGIN);
            try (Socket reset = Raw.connect(server);
                    Socket more = Raw.connect(server);
                    Socket bare = Raw.connect(server)) {
                for (Socket client : new Socket[] {reset, more, bare}) {
                    Raw.write(client, "USER\n");
                    assertThat(Raw.read(client, 3)).isEqualTo("OK\n");
                }
                Raw.assertReset(reset);
                assertThat(Raw.readToEnd(more)).isEqualTo("MORE\n");
                Raw.assertEnd(bare);
            }
        }
    }

    @OnEachTransport
    void whatAPartThrowsKeepsTheNextFromBeingCalled(Transport transport) throws Exception {
        AtomicBoolean called = new AtomicBoolean();
        SocketServer server = server(transport);
        server.onConnection(LOGIN.andThen(peer -> called.set(true)));
        try (Socket client = Raw.connect(server)) {
            Raw.write(client, "PASS\n");
            Raw.assertEnd(client);
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(" failed on connection 1: expectLine(\"USER\"): something else came");
        assertThat(called).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // what the call refuses
    void thereMustBeANextOne() {
        assertThatNullPointerException().isThrownBy(() -> LOGIN.andThen(null)).withMessage("next");
    }
}
