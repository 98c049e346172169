package org.junitsockets.samples.database;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Which {@code sslmode} keeps the password from whom. The client asks for encryption in the clear, by a
 * message of its own, and what follows the answer is TLS, or is not.
 *
 * <p>Hand-written peers answer {@code N}, and the tests run with {@code sslmode=disable}: what is
 * configured in production is what nobody has tried with a certificate that is wrong.
 */
class TlsTests {

    private static final String PASSWORD = "analytical";

    /** All that may be heard by somebody who cannot prove who he is: "encryption, please". */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final SocketServer server;
    private final InetSocketAddress address;
    private final Tls good;
    private final Path authority;

    TlsTests(@WithSocketServer SocketServer server, Tls good) {
        this.server = server;
        address = server.address();
        this.good = good;
        authority = good.authorityPem(); // of all certificates here that are not of unknown origin
    }

    @Test
    void thePasswordIsForWhoProvesWhoHeIs() throws SQLException {
        server.onConnection(PgScript.begin()
                .encrypted(good)
                .loginWith(PASSWORD)
                .query(Jdbc.NAMES)
                .send(PgReplies.result("Ada"))
                .terminate());

        try (Connection connection = connect("verify-full")) {
            assertThat(Jdbc.names(connection)).containsExactly("Ada");
        }
        assertThat(server.connection(1)).received(SSL_REQUEST).then().receivedContaining(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, validity check failed",
        "NOT_YET_VALID, validity check failed",
        "UNKNOWN_CA, unable to find valid certification path",
        "SELF_SIGNED, unable to find valid certification path",
        "WEAK_KEY, Algorithm constraints check failed",
        "INCOMPLETE_CHAIN, unable to find valid certification path",
    })
    void aCertificateThatIsNoGoodEndsTheHandshake(TlsCertificate certificate, String why) {
        Tls bad = Tls.builder().certificate(certificate).names(server.host()).create();
        server.onConnection(PgScript.begin()
                .sslRequest()
                .andThen(peer -> assertThatThrownBy(() -> peer.write("S").startTls(bad))
                        .hasCauseInstanceOf(SSLException.class)));

        assertThatThrownBy(() -> connect("verify-full"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08006")
                .hasCauseInstanceOf(SSLHandshakeException.class)
                .hasMessageStartingWith("SSL error: ")
                .hasMessageContaining(why);
        assertThat(server.connection(1)).receivedExactly(SSL_REQUEST);
    }

    /** For whom the certificate is the driver looks at when the handshake is over; and says nothing inside either. */
    @Test
    void theNameIsLookedAtAfterwards() {
        Tls bad = Tls.builder().certificate(TlsCertificate.WRONG_NAME).create();
        server.onConnection(PgScript.begin().encrypted(bad).andThen(SocketConnection::expectEndOrReset));

        assertThatThrownBy(() -> connect("verify-full"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08006")
                .hasMessageMatching("The hostname .* could not be verified by hostnameverifier .*");
        assertThat(server.connection(1)).receivedExactly(SSL_REQUEST);
    }

    /** {@code verify-ca}: anybody who has a certificate of this authority will do. */
    @Test
    void verifyCaIsContentWithAnyName() throws SQLException {
        servesAs(TlsCertificate.WRONG_NAME);
        connect("verify-ca").close();
        assertThat(server.connection(1)).receivedContaining(PASSWORD);
    }

    /** {@code require} and {@code prefer}: anybody will do. (libpq looks, where there is a root certificate.) */
    @ParameterizedTest
    @ValueSource(strings = {"require", "prefer"})
    void requireIsContentWithAnybody(String sslmode) throws SQLException {
        servesAs(TlsCertificate.SELF_SIGNED);
        connect(sslmode).close();
        assertThat(server.connection(1)).receivedContaining(PASSWORD);
    }

    /** Not even {@code verify-full} asks whether a certificate has been revoked. */
    @Test
    void nobodyAsksWhetherItIsRevoked() throws SQLException {
        servesAs(TlsCertificate.REVOKED);
        connect("verify-full").close();
        assertThat(server.connection(1)).receivedContaining(PASSWORD);
    }

    /** It takes one letter of somebody in between, and the password is to be read by everybody. */
    @Test
    void preferTellsItInTheClear() throws SQLException {
        server.onConnection(PgScript.begin()
                .sslRequest()
                .andThen(peer -> peer.write("N"))
                .loginWith(PASSWORD)
                .terminate());
        connect("prefer").close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void theOthersTellNothingInTheClear(String sslmode) {
        server.onConnection(
                PgScript.begin().sslRequest().andThen(peer -> peer.write("N")).andThen(SocketConnection::expectEnd));

        assertThatThrownBy(() -> connect(sslmode))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08004")
                .hasMessage("The server does not support SSL.");
        assertThat(server.connection(1)).receivedExactly(SSL_REQUEST);
    }

    /**
     * Somebody in between appends a message to the answer, in the same packet. The driver forgets it; were
     * it kept, it would count as said inside. (CVE-2021-23222 is that, in libpq.)
     */
    @Test
    void whatWasSaidBeforeDoesNotCount() throws SQLException {
        byte[] forged = PgReplies.error("FATAL", "28000", "go away").encode();
        server.onConnection(PgScript.begin()
                .sslRequest()
                .andThen(peer -> {
                    byte[] answer = new byte[1 + forged.length];
                    answer[0] = 'S';
                    System.arraycopy(forged, 0, answer, 1, forged.length);
                    peer.write(answer).startTls(good);
                })
                .loginWith(PASSWORD)
                .terminate());

        connect("verify-full").close();
    }

    /** {@code socketTimeout} does not cover the handshake; {@code connectTimeout} does, a second time. */
    @Test
    void aHandshakeThatStallsEndsByConnectTimeout() {
        Tls stalled = Tls.builder().stall(TlsStall.AFTER_CLIENT_HELLO).create();
        server.onConnection(PgScript.begin().encrypted(stalled));

        assertThatThrownBy(() -> connect("verify-full", "connectTimeout=1", "socketTimeout=3600"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08006")
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessage("SSL error: Read timed out");
    }

    /** A FIN without close_notify can be from anybody. Some of the rows must not pass for all of them. */
    @Test
    void aTruncatedResultIsNoEndOfTheRows() throws SQLException {
        server.onConnection(PgScript.begin()
                .encrypted(good)
                .loginWith(PASSWORD)
                .query(Jdbc.NAMES)
                .send(
                        PgReplies.parseComplete(),
                        PgReplies.bindComplete(),
                        PgReplies.rowDescription(),
                        PgReplies.row("Ada"))
                .andThen(SocketConnection::truncate));

        try (Connection connection = connect("verify-full")) {
            assertThatThrownBy(() -> Jdbc.names(connection))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(EOFException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    private void servesAs(TlsCertificate certificate) {
        server.onConnection(PgScript.begin()
                .encrypted(Tls.builder()
                        .certificate(certificate)
                        .names(server.host())
                        .create())
                .loginWith(PASSWORD)
                .terminate());
    }

    private Connection connect(String sslmode, String... properties) throws SQLException {
        String[] all = new String[properties.length + 3];
        all[0] = "sslmode=" + sslmode;
        all[1] = "sslrootcert=" + authority;
        all[2] = "password=" + PASSWORD;
        System.arraycopy(properties, 0, all, 3, properties.length);
        return Jdbc.connect(address, all);
    }
}
