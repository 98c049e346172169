package org.junitsockets.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads along in the two messages of a handshake that are not encrypted: an engine does not tell whether
 * a session was resumed, and tells the server's name to one side only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.1">RFC 8446, section 4.1: Key Exchange
 *     Messages</a>
 */
final class Hellos {

    private static final int HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;

    private static final int SERVER_NAME = 0;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;

    /** The random of a ServerHello that is a HelloRetryRequest. */
    private static final ByteBuffer RETRY = ByteBuffer.wrap(
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));

    private final ByteArrayOutputStream ofClient = new ByteArrayOutputStream();
    private final ByteArrayOutputStream ofServer = new ByteArrayOutputStream();
    private @Nullable ByteBuffer clientsSession;
    private @Nullable String serverName;
    private boolean resumed;
    private boolean done;

    Optional<String> serverName() {
        return Optional.ofNullable(serverName);
    }

    boolean isResumed() {
        return resumed;
    }

    /** Takes a record as it was sent by the client, or by the server. */
    void add(ByteBuffer record, boolean byClient) {
        if (done || record.remaining() <= RECORD_HEADER || record.get(record.position()) != HANDSHAKE) {
            return;
        }
        ByteArrayOutputStream whole = byClient ? ofClient : ofServer;
        byte[] fragment = new byte[record.remaining() - RECORD_HEADER];
        record.duplicate().position(record.position() + RECORD_HEADER).get(fragment);
        whole.writeBytes(fragment);
        ByteBuffer message = ByteBuffer.wrap(whole.toByteArray());
        if (message.remaining() < MESSAGE_HEADER) {
            return;
        }
        int header = message.getInt();
        int length = header & 0xffffff;
        if (message.remaining() < length) {
            return;
        }
        whole.reset();
        read(header >>> 24, message.slice(message.position(), length));
    }

    private void read(int type, ByteBuffer body) {
        try {
            if (type == CLIENT_HELLO) {
                clientHello(body);
            } else if (type == SERVER_HELLO) {
                serverHello(body);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            done = true; // it is for the engine to say what is wrong with it
        }
    }

    private void clientHello(ByteBuffer body) {
        take(body, 2 + 32); // legacy_version, random
        clientsSession = take(body, body.get() & 0xff);
        take(body, body.getShort() & 0xffff); // cipher_suites
        take(body, body.get() & 0xff); // legacy_compression_methods
        @Nullable ByteBuffer name = extension(body, SERVER_NAME);
        if (name != null && name.hasRemaining()) {
            take(name, 2 + 1); // length of the list, type of the first
            serverName = US_ASCII.decode(take(name, name.getShort() & 0xffff)).toString();
        }
    }

    private void serverHello(ByteBuffer body) {
        take(body, 2); // legacy_version
        if (take(body, 32).equals(RETRY)) {
            return; // and the client says hello once more
        }
        ByteBuffer session = take(body, body.get() & 0xff);
        take(body, 2 + 1); // cipher_suite, legacy_compression_method
        resumed = extension(body.duplicate(), SUPPORTED_VERSIONS) != null
                ? extension(body, PRE_SHARED_KEY) != null
                : session.hasRemaining() && session.equals(clientsSession);
        done = true;
    }

    private static @Nullable ByteBuffer extension(ByteBuffer rest, int type) {
        if (rest.hasRemaining()) {
            rest.getShort(); // length of all
        }
        while (rest.hasRemaining()) {
            int found = rest.getShort() & 0xffff;
            ByteBuffer content = take(rest, rest.getShort() & 0xffff);
            if (found == type) {
                return content;
            }
        }
        return null;
    }

    private static ByteBuffer take(ByteBuffer from, int length) {
        ByteBuffer taken = from.slice(from.position(), length);
        from.position(from.position() + length);
        return taken;
    }
}
