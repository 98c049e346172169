package org.junitsockets.it.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.testcontainers.containers.GenericContainer;

/** A PostgreSQL server, and its JDBC driver. */
@WithRemoteEndpoint(name = "postgres", container = "NETWORK", port = 5432)
class PostgresTests {

    @RegisterExtension
    static final ServerContainer POSTGRES = Jdbc.server();

    static final GenericContainer<?> NETWORK = POSTGRES.network();

    @Test
    void asksForScram(@Connected("postgres") SocketConnection client) {
        client.write(Jdbc.startup("ada"));
        byte[] mechanisms = "SCRAM-SHA-256\0\0".getBytes(US_ASCII);
        client.expect("R").expect(ByteBuffer.allocate(8)
                .putInt(8 + mechanisms.length)
                .putInt(10) // AuthenticationSASL
                .array());
        client.expect(mechanisms);
    }

    @Test
    void hasNoTlsAndGoesOnWithoutIt(@Connected("postgres") SocketConnection client) {
        client.write(Jdbc.SSL_REQUEST)
                .expect("N")
                .write(Jdbc.startup("ada"))
                .expect("R");
    }

    @Test
    void isSpokenToByTheDriver(@Endpoint("postgres") InetSocketAddress postgres, @WithSocketServer SocketServer tap) throws SQLException {
        tap.onEachConnection(Tap.to(postgres));
        try (Connection connection = Jdbc.connect(tap.address(), "sslmode=prefer")) {
            assertThat(Jdbc.query(connection, "SELECT 6 * 7")).isEqualTo("42");
        }
        assertThat(tap.connection(1)).received(Jdbc.SSL_REQUEST).then().sent("N");
        assertThat(tap.connection(1)).receivedContaining("SCRAM-SHA-256").endedByFin();
        assertThat(tap.connection(1))
                .receivedContaining("SELECT 6 * 7")
                .then()
                .sentContaining("42")
                .then()
                .receivedContaining(new byte[] {'X', 0, 0, 0, 4}); // Terminate
        assertThat(tap.transcript()).doesNotContain(Jdbc.PASSWORD);
    }

    @Test
    void refusesAWrongPassword(@Endpoint("postgres") InetSocketAddress postgres) {
        assertThatThrownBy(() -> Jdbc.connect(postgres, "password=wrong"))
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns("28P01", SQLException::getSQLState);
    }
}
