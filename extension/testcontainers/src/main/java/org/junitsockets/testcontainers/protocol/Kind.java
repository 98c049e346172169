package org.junitsockets.testcontainers.protocol;

import org.jspecify.annotations.Nullable;

/** What a frame is; the table in the package's documentation says what each carries. */
public enum Kind {
    LISTEN(1),
    ACCEPT(2),
    STOP(3),
    START(4),
    CLOSE(5),
    FENCE(6),
    STATUS(7),
    SEND(8),
    RESET(9),

    DATA(16),
    WINDOW(17),
    FIN(18),

    ACCEPTABLE(24),
    FAILED(25),
    MESSAGE(26),

    REPLY(32),
    ERROR(33),

    RUN(64),
    COMMAND(65),
    RESOURCE(66),
    EVENT(72),
    WANTED(73);

    private static final @Nullable Kind[] BY_CODE = new Kind[256];

    static {
        for (Kind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether it asks for an answer: then its payload begins with the number of the request. */
    public boolean isRequest() {
        return compareTo(RESET) <= 0 || this == RUN;
    }

    static Kind of(int code) throws ProtocolException {
        @Nullable Kind kind = BY_CODE[code & 0xff];
        if (kind == null) {
            throw ProtocolException.found("the type of a frame", code & 0xff, "one of version " + Handshake.VERSION);
        }
        return kind;
    }
}
