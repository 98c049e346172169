package org.junitsockets.testcontainers.shipped;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transcript;
import org.junitsockets.Transport;

/** What a client has just sent is found, though it is at the agent first. */
class CarriedConnectionTests {

    private static final int OFTEN = 50;

    @Test
    void whatCameInTimeIsMore() {
        for (Transport transport : List.of(Transport.TCP, Transport.UDP)) {
            try (Served served = Served.fromHere(transport)) {
                SocketConnection client = served.connect().write("x");
                SocketConnection peer = served.server().accept().expect("x");
                for (int i = 0; i < OFTEN; i++) {
                    client.write("y");
                    assertThatThrownBy(() -> peer.expectNoMore(Duration.ofMillis(1)))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("instead came ");
                }
                peer.expectNoMore(Duration.ofMillis(1));
            }
        }
    }

    @Test
    void aTranscriptHasWhatCame() {
        for (Transport transport : List.of(Transport.TCP, Transport.UDP)) {
            try (Served served = Served.fromHere(transport)) {
                SocketConnection client = served.connect().write("x");
                SocketConnection peer = served.server().accept();
                for (int i = 0; i < OFTEN; i++) {
                    String sent = i + "|";
                    client.write(sent);
                    List<? extends Transcript.Entry> entries = peer.transcript().entries();
                    assertThat(new String(entries.get(entries.size() - 1).bytes(), US_ASCII))
                            .endsWith(sent);
                }
            }
        }
    }
}
