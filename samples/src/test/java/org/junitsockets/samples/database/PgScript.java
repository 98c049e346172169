package org.junitsockets.samples.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.SocketConnection;
import org.junitsockets.Tls;

/**
 * What a PostgreSQL server says in one session, written down step by step:
 *
 * <pre>{@code
 * server.onConnection(PgScript.begin()
 *         .login()
 *         .query("SELECT name FROM friends")
 *         .send(PgReplies.result("Ada", "Grace"))
 *         .terminate());
 * }</pre>
 *
 * <p>A client that says something else, or nothing, fails the test.
 */
final class PgScript implements ConnectionHandler {

    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int CANCEL_REQUEST = 1234 << 16 | 5678;
    private static final int SSL_REQUEST = 1234 << 16 | 5679;

    private final ConnectionHandler steps;

    private PgScript(ConnectionHandler steps) {
        this.steps = steps;
    }

    static PgScript begin() {
        return new PgScript(peer -> {});
    }

    PgScript login() {
        return startup().send(PgReplies.welcome());
    }

    /** Expects a client to say who it is, and says nothing yet. */
    PgScript startup() {
        return andThen(peer -> {
            byte[] startup = peer.readFrame(PgMessage.FIRST);
            assertThat(ByteBuffer.wrap(startup).getInt()).isEqualTo(PROTOCOL_3_0);
            assertThat(Arrays.copyOfRange(startup, 4, startup.length))
                    .asString(UTF_8)
                    .startsWith("user\0" + Jdbc.USER + "\0database\0" + Jdbc.DATABASE + "\0");
        });
    }

    /** Expects a client to ask for encryption. */
    PgScript sslRequest() {
        return andThen(peer -> peer.expectFrame(PgMessage.FIRST, numbers(SSL_REQUEST)));
    }

    /** Expects a client to ask for encryption, and begins it. */
    PgScript encrypted(Tls tls) {
        return sslRequest().andThen(peer -> peer.write("S").startTls(tls));
    }

    /** Lets a client in who knows the password. */
    PgScript loginWith(String password) {
        return startup()
                .send(PgReplies.passwordPlease())
                .andThen(peer -> peer.expect(PgMessage.of('p').string(password).encode()))
                .send(PgReplies.welcome());
    }

    /** Expects a client to ask that another one's query be cancelled: that is all such a connection is for. */
    PgScript cancelRequest() {
        return andThen(peer ->
                peer.expectFrame(PgMessage.FIRST, numbers(CANCEL_REQUEST, PgReplies.PROCESS_ID, PgReplies.SECRET_KEY)));
    }

    /** Expects one query of the simple kind, all in one message. */
    PgScript simpleQuery(String sql) {
        return andThen(peer -> peer.expect(PgMessage.of('Q').string(sql).encode()));
    }

    /** Expects one query of the extended kind, in as many messages as the client takes for it. */
    PgScript query(String sql) {
        return andThen(peer -> {
                    PgMessage parse = PgMessage.read(peer);
                    assertThat(parse.type()).isEqualTo('P');
                    assertThat(parse.text()).contains("\0" + sql + "\0");
                })
                .sync();
    }

    /** Skips what the client says before it wants to be answered. */
    PgScript sync() {
        return andThen(peer -> {
            PgMessage message = PgMessage.read(peer);
            while (message.type() != 'S') {
                message = PgMessage.read(peer);
            }
        });
    }

    PgScript send(PgMessage... messages) {
        return andThen(peer -> peer.write(PgMessage.encode(messages)));
    }

    /** Expects the client to say that it leaves, and to leave. */
    PgScript terminate() {
        return andThen(peer -> peer.expect(PgMessage.of('X').encode()).expectEnd());
    }

    /** Anything that a real server does on a bad day. */
    @Override
    public PgScript andThen(ConnectionHandler step) {
        return new PgScript(steps.andThen(step));
    }

    @Override
    public void handle(SocketConnection peer) throws Exception {
        steps.handle(peer);
    }

    private static byte[] numbers(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }
}
