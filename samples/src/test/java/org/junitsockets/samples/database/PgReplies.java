package org.junitsockets.samples.database;

import java.util.ArrayList;
import java.util.List;

/** What a server says. */
final class PgReplies {

    static final int PROCESS_ID = 4711;
    static final int SECRET_KEY = 0xC0FFEE;

    private static final int TEXT = 25;

    private PgReplies() {}

    /** To a client that is let in, without a password. */
    static PgMessage[] welcome(PgMessage... more) {
        List<PgMessage> welcome = new ArrayList<>(List.of(
                PgMessage.of('R').int32(0), // AuthenticationOk
                parameter("server_version", "18.0"),
                parameter("client_encoding", "UTF8"),
                PgMessage.of('K').int32(PROCESS_ID).int32(SECRET_KEY)));
        welcome.addAll(List.of(more));
        welcome.add(readyForQuery('I'));
        return welcome.toArray(PgMessage[]::new);
    }

    /** Not let in yet: the password, and in clear text (what is around it may be encrypted). */
    static PgMessage passwordPlease() {
        return PgMessage.of('R').int32(3); // AuthenticationCleartextPassword
    }

    /** What a client is told without asking. */
    static PgMessage parameter(String name, String value) {
        return PgMessage.of('S').string(name).string(value);
    }

    /** A result of one column, from the first message to the last. */
    static PgMessage[] result(String... values) {
        List<PgMessage> result = new ArrayList<>(List.of(parseComplete(), bindComplete(), rowDescription()));
        for (String value : values) {
            result.add(row(value));
        }
        result.add(commandComplete("SELECT " + values.length));
        result.add(readyForQuery('I'));
        return result.toArray(PgMessage[]::new);
    }

    static PgMessage parseComplete() {
        return PgMessage.of('1');
    }

    static PgMessage bindComplete() {
        return PgMessage.of('2');
    }

    /** One column, of no table. */
    static PgMessage rowDescription() {
        return PgMessage.of('T')
                .int16(1)
                .string("name")
                .int32(0)
                .int16(0)
                .int32(TEXT)
                .int16(-1)
                .int32(-1)
                .int16(0);
    }

    static PgMessage row(String value) {
        return PgMessage.of('D').int16(1).value(value);
    }

    /** There are more rows, for who asks for them. */
    static PgMessage portalSuspended() {
        return PgMessage.of('s');
    }

    static PgMessage commandComplete(String tag) {
        return PgMessage.of('C').string(tag);
    }

    /** Idle ({@code I}), or in a transaction ({@code T}). */
    static PgMessage readyForQuery(char status) {
        return PgMessage.of('Z').bytes((byte) status);
    }

    static PgMessage error(String severity, String sqlState, String message) {
        return PgMessage.of('E')
                .string("S" + severity)
                .string("V" + severity)
                .string("C" + sqlState)
                .string("M" + message)
                .bytes((byte) 0);
    }
}
