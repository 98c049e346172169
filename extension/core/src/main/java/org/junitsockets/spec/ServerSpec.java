package org.junitsockets.spec;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Tls;
import org.junitsockets.Transport;

/**
 * All that was declared about one server. Immutable; the message of each mistake names the
 * declaration.
 *
 * @param name as given or derived, empty where there is none
 * @param choice of its transport
 * @param handler of every connection that no script takes, if any
 * @param backlog how many connections the kernel queues
 * @param receiveBuffer SO_RCVBUF of accepted connections in bytes, 0 for the system's default
 * @param sendBuffer SO_SNDBUF of accepted connections in bytes, 0 for the system's default
 * @param deadline of every wait on this server and its connections
 * @param tls its identity for TLS, {@code null} for none; over {@link Transport#TLS} never
 */
public record ServerSpec(
        String name,
        Choice choice,
        @Nullable ConnectionHandler handler,
        int backlog,
        int receiveBuffer,
        int sendBuffer,
        Duration deadline,
        @Nullable Tls tls,
        Declaration declaration) {

    public static final int DEFAULT_BACKLOG = 50;

    public ServerSpec {
        require(backlog >= 1, declaration, "backlog", backlog, "at least 1");
        require(
                receiveBuffer >= 0,
                declaration,
                "receiveBuffer",
                receiveBuffer,
                "a size in bytes, or 0 for the default");
        require(sendBuffer >= 0, declaration, "sendBuffer", sendBuffer, "a size in bytes, or 0 for the default");
        if (tls == null && choice.transport().has(Capability.TLS)) {
            tls = Tls.builder()
                    .names(choice.where().hosts(choice.transport()).toArray(String[]::new))
                    .create();
        }
    }

    /** One over a transport that was stated, without TLS unless that is the transport. */
    public ServerSpec(
            String name,
            Transport transport,
            @Nullable ConnectionHandler handler,
            int backlog,
            int receiveBuffer,
            int sendBuffer,
            Duration deadline,
            Declaration declaration) {
        this(name, Choice.stated(transport), handler, backlog, receiveBuffer, sendBuffer, deadline, null, declaration);
    }

    public Transport transport() {
        return choice.transport();
    }

    /**
     * What to throw where something needs what the transport lacks: a skip, unless the transport was
     * stated.
     *
     * @param what was asked for, such as {@code shutdownOutput()}
     */
    public RuntimeException unsupported(String what, Capability lacking) {
        return choice.unsupported(what + " on " + label() + ": found the transport " + transport() + ", which lacks "
                + lacking.words() + " (expected: one of "
                + Arrays.stream(Transport.values())
                        .filter(transport -> transport.has(lacking))
                        .map(Transport::name)
                        .collect(Collectors.joining(", "))
                + ")");
    }

    @Override
    public String toString() {
        return label();
    }

    /** The server as messages call it. */
    public String label() {
        return (name.isEmpty() ? "server" : "server '" + name + "'") + " (" + declaration + ")";
    }

    /** The same without the declaration, where a name is enough. */
    public String shortLabel() {
        return name.isEmpty() ? label() : "server '" + name + "'";
    }

    private static void require(boolean ok, Declaration declaration, String attribute, int found, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(
                    declaration + ": " + attribute + " = " + found + " (expected: " + expected + ")");
        }
    }
}
