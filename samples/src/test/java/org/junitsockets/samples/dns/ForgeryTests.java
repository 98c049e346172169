package org.junitsockets.samples.dns;

import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.Transport.UDP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.Message;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;
import org.xbill.DNS.WireParseException;

/**
 * Anybody can send a datagram. What makes it the answer is where it comes from, its ID, and the question
 * that is repeated in it (RFC 5452).
 *
 * <p>Hand-written servers send the right answer, from the right socket. A client that believes the first
 * datagram that it gets passes.
 */
class ForgeryTests {

    private final SocketServer server;
    private final CompletableFuture<org.xbill.DNS.Message> answer;
    private final Message query;
    private final DnsReply honest;

    /** The stranger has to know the client's address, and on this machine it is what the server sees. */
    ForgeryTests(@WithSocketServer(transport = UDP, location = IN_PROCESS) SocketServer server) throws Exception {
        this.server = server;
        answer = Dns.ask(Dns.resolver(server.address()), "bank.example.");
        query = server.awaitMessage();
        honest = DnsReply.to(query.bytes()).address("192.0.2.1");
    }

    /** All is right but the sender: the client's socket is connected, and the system drops it. */
    @Test
    void aStrangersAnswerIsNotHeard() throws Exception {
        byte[] forged = DnsReply.to(query.bytes()).address("192.0.2.66").encode();
        try (DatagramSocket stranger = new DatagramSocket(0, server.address().getAddress())) {
            stranger.send(new DatagramPacket(forged, forged.length, query.sender()));
        }
        query.reply(honest.encode()); // comes second

        assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1");
    }

    /**
     * It is not believed, but heard: version 3.7.1 of this client gives up at once, and does not wait for
     * the honest one. So a guess that is wrong is good enough to keep somebody from his answer.
     */
    @Test
    void anotherIdIsNotBelieved() {
        int id = DnsReply.id(query.bytes());
        query.reply(honest.withId(id ^ 1).encode());

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(WireParseException.class)
                .withMessageContaining("invalid message id: expected " + id + "; got id " + (id ^ 1));
    }

    /** The right ID, and the answer to something else: a record that was slipped in. */
    @Test
    void anotherQuestionIsNotBelieved() throws Exception {
        query.reply(
                honest.withQuestion(DnsReply.to(Dns.query("mallory.example.").toWire()))
                        .encode());

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(WireParseException.class)
                .withMessageContaining("invalid name in message: expected bank.example.; got mallory.example.");
    }
}
