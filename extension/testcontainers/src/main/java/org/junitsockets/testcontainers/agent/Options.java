package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsockets.testcontainers.protocol.Handshake;

/**
 * What an agent is to do.
 *
 * @param bind where it listens: an address of this system, or the wildcard
 * @param control the port of its control connection, 0 for an ephemeral one
 * @param secret that the test proves to have
 * @param ports the data ports it may use, {@code null} for ephemeral ones
 * @param patience how long it waits for the test
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
public record Options(
        InetAddress bind,
        int control,
        byte[] secret,
        @Nullable PortRange ports,
        Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String USAGE = "usage: --control PORT --secret FILE [--bind ADDRESS] [--ports FROM-TO]";

    /** Those that a command line states. */
    static Options parse(String... arguments) throws IOException {
        InetAddress bind = literal("127.0.0.1");
        int control = -1;
        byte @Nullable [] secret = null;
        @Nullable PortRange ports = null;
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + ": found no value; " + USAGE);
            }
            String value = arguments[i + 1];
            switch (name) {
                case "--control" -> control = PortRange.port(name, value, 0);
                case "--secret" -> secret = read(Path.of(value));
                case "--bind" -> bind = literal(value);
                case "--ports" -> ports = PortRange.parse(value);
                default -> throw new IllegalArgumentException("an argument: found " + name + "; " + USAGE);
            }
        }
        if (control < 0 || secret == null) {
            throw new IllegalArgumentException("found no " + (control < 0 ? "--control" : "--secret") + "; " + USAGE);
        }
        return new Options(bind, control, secret, ports, PATIENCE);
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] secret = in.readNBytes(Handshake.SECRET + 1);
            if (secret.length != Handshake.SECRET) {
                throw new IllegalArgumentException("--secret " + file + ": found "
                        + (secret.length > Handshake.SECRET ? "more" : String.valueOf(secret.length))
                        + " bytes (expected: " + Handshake.SECRET + ")");
            }
            return secret;
        }
    }

    /** Nothing is looked up by name. */
    private static InetAddress literal(String address) throws UnknownHostException {
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("--bind: found " + address + " (expected: a literal IP address)");
        }
        return InetAddress.getByName(address);
    }
}
