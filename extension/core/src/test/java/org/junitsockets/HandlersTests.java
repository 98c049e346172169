package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitsockets.testing.Background;
import org.junitsockets.testing.OnEachTransport;
import org.junitsockets.testing.Raw;

class HandlersTests {

    private static SocketServer serve(Transport transport, ConnectionHandler handler) {
        Raw.assumeAvailable(transport);
        return SocketServer.builder().transport(transport).handler(handler).start();
    }

    @OnEachTransport
    void echoSendsBackWhatItReceivesUntilTheClientEnds(Transport transport) throws Exception {
        try (SocketServer server = serve(transport, new Echo());
                Socket client = Raw.connect(server)) {
            Raw.write(client, "one");
            assertThat(Raw.read(client, 3)).isEqualTo("one");
            byte[] much = new byte[1024 * 1024];
            new Random(3).nextBytes(much);
            Background<byte[]> reader =
                    Background.call(() -> client.getInputStream().readAllBytes());
            client.getOutputStream().write(much);
            client.shutdownOutput();
            assertThat(reader.get()).isEqualTo(much);
        }
    }

    @OnEachTransport
    void discardReadsOnAndSaysNothing(Transport transport) throws Exception {
        try (SocketServer server = serve(transport, new Discard());
                Socket client = Raw.connect(server)) {
            client.getOutputStream().write(new byte[16 * 1024 * 1024]); // more than any buffers take
            client.shutdownOutput();
            assertThat(Raw.readToEnd(client)).isEmpty();
        }
    }

    @OnEachTransport
    void theCharacterGeneratorRotatesItsPatternWhateverItReceives(Transport transport) throws Exception {
        StringBuilder ring = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            ring.append(c);
        }
        ring.append(ring);
        try (SocketServer server = serve(transport, new CharacterGenerator());
                Socket client = Raw.connect(server)) {
            Raw.write(client, "ignored");
            for (int line = 0; line < 300; line++) {
                int shift = line % 95;
                assertThat(Raw.read(client, 74)).isEqualTo(ring.substring(shift, shift + 72) + "\r\n");
            }
        }
    }

    @OnEachTransport
    void aClientThatDoesNotReadStallsTheCharacterGeneratorWithoutAFailure(Transport transport) throws Exception {
        Raw.assumeAvailable(transport);
        try (SocketServer server = SocketServer.builder()
                        .transport(transport)
                        .sendBuffer(4096)
                        .handler(new CharacterGenerator())
                        .start();
                Socket client = Raw.connect(server.socketAddress(), 4096)) {
            assertThat(Raw.read(client, 2)).isEqualTo(" !");
            Background.await(
                    "it to stall",
                    () -> "awaitOutput()"
                            .equals(((org.junitsockets.connection.Connection) server.connection(1)).waitingIn()));
        }
    }

    @OnEachTransport
    void daytimeTellsTheTimeOfItsClockAndEnds(Transport transport) throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-01T17:37:43Z"), ZoneId.of("UTC"));
        try (SocketServer server = serve(transport, new Daytime(clock));
                Socket client = Raw.connect(server)) {
            assertThat(Raw.readToEnd(client)).isEqualTo("Sunday, November 1, 2026 17:37:43-UTC\r\n");
        }
    }

    @Test
    void daytimeTellsTheSystemsTimeInUtc() throws Exception {
        try (SocketServer server = serve(Transport.TCP, new Daytime());
                Socket client = Raw.connect(server)) {
            String line = Raw.readToEnd(client);
            assertThat(line).endsWith("-UTC\r\n");
            ZonedDateTime told = ZonedDateTime.parse(
                    line.trim(), DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu HH:mm:ss-zzz", Locale.ENGLISH));
            assertThat(told.toInstant())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        }
    }

    @OnEachTransport
    void silentSaysNothingAndNoticesTheClientEnd(Transport transport) throws Exception {
        try (SocketServer server = serve(transport, new Silent());
                Socket client = Raw.connect(server)) {
            Raw.write(client, "hello?");
            client.setSoTimeout(50);
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            client.setSoTimeout(10_000);
            client.shutdownOutput();
            Raw.assertEnd(client);
        }
    }

    @OnEachTransport
    void bannerGreetsEachClientAndThenSaysNothing(Transport transport) throws Exception {
        try (SocketServer server = serve(transport, Banner.of("220 réady\r\n"))) {
            for (int i = 0; i < 2; i++) {
                try (Socket client = Raw.connect(server)) {
                    assertThat(Raw.read(client, 12)).isEqualTo("220 réady\r\n");
                    Raw.write(client, "EHLO");
                    client.shutdownOutput();
                    Raw.assertEnd(client);
                }
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers without it
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> Banner.of(null)).hasMessage("text");
        assertThatThrownBy(() -> new Daytime(null)).hasMessage("clock");
        assertThatThrownBy(() -> SocketServer.builder().name(null)).hasMessage("name");
        assertThatThrownBy(() -> SocketServer.builder().handler(null)).hasMessage("handler");
        assertThatThrownBy(() -> SocketServer.builder().transport(null)).hasMessage("transport");
    }
}
