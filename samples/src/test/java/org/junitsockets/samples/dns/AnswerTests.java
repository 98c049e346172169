package org.junitsockets.samples.dns;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UDP6;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.Message;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.WithSocketServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * A question and an answer, each in one datagram.
 *
 * <p>Hand-written servers receive into a buffer, answer whatever it was, and are found over IPv4. What was
 * asked, and how much room the client has said that it has, is not looked at.
 */
class AnswerTests {

    /** The server sees one question, no more, and the client what it was answered; whichever the family. */
    @EachTransport({UDP, UDP6})
    void oneQuestionOneAnswer(@WithSocketServer SocketServer server) throws Exception {
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(Dns.resolver(server.address()), "ada.example.");

        Message query = server.awaitMessage();
        org.xbill.DNS.Message asked = new org.xbill.DNS.Message(query.bytes());
        assertThat(asked.getQuestion().getName()).hasToString("ada.example.");
        assertThat(asked.getQuestion().getType()).isEqualTo(Type.A);
        assertThat(asked.getQuestion().getDClass()).isEqualTo(DClass.IN);
        query.reply(DnsReply.to(query.bytes())
                .address("192.0.2.1")
                .address("192.0.2.2")
                .encode());

        assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1", "192.0.2.2");
        server.expectNoMore(Duration.ofMillis(20));
    }

    /** What a client can take stands in an OPT record at the end of its question (EDNS, RFC 6891). */
    @Test
    @WithSocketServer(transport = UDP)
    void saysHowMuchItCanTake(SocketServer server) throws Exception {
        SimpleResolver resolver = Dns.resolver(server.address());
        resolver.setEDNS(0, 1232, 0, List.of());
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(resolver, "ada.example.");

        Message query = server.awaitMessage();
        byte[] bytes = query.bytes();
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 11, bytes.length))
                .containsExactly(0, 0, 41, 1232 >> 8, 1232 & 0xff, 0, 0, 0, 0, 0, 0); // the root, OPT, 1,232 bytes
        query.reply(DnsReply.to(bytes).address("192.0.2.1").encode());

        assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1");
    }

    /** Who does not say can take 512. More than that is cut off by its own system, and does not parse. */
    @Test
    @WithSocketServer(transport = UDP)
    void moreThanItCanTakeIsNoAnswer(SocketServer server) throws Exception {
        SimpleResolver resolver = Dns.resolver(server.address());
        resolver.setEDNS(-1, 0, 0, List.of());
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(resolver, "ada.example.");

        Message query = server.awaitMessage();
        assertThat(query.bytes()).as("a header, a name, a type, a class").hasSize(12 + 13 + 2 + 2);
        DnsReply reply = DnsReply.to(query.bytes());
        for (int i = 1; i <= 40; i++) {
            reply = reply.address("192.0.2." + i);
        }
        assertThat(reply.encode()).hasSizeGreaterThan(512);
        query.reply(reply.encode());

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(WireParseException.class)
                .withMessageContaining("end of input");
    }
}
