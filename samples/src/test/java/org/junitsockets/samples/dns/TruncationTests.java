package org.junitsockets.samples.dns;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.LengthPrefix;
import org.junitsockets.Message;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.RefusedEndpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.SimpleResolver;

/**
 * An answer that does not fit says so by one bit, TC; whoever needs all of it asks again over TCP.
 *
 * <p>Hand-written servers have one socket, and answers that fit. A firewall that lets UDP through and not
 * TCP is then first met in production, on the day that a record is added.
 */
class TruncationTests {

    /** Over TCP a message comes after its length, in two bytes (RFC 1035, 4.2.2). */
    private static final LengthPrefix OVER_TCP = LengthPrefix.U16;

    private final SocketServer udp;

    TruncationTests(@WithSocketServer(transport = UDP) SocketServer udp) {
        this.udp = udp;
    }

    /** What it had by then does not count: the answer over TCP is the answer. */
    @Test
    void goesOnOverTcp(@WithSocketServer SocketServer tcp) throws Exception {
        CompletableFuture<org.xbill.DNS.Message> answer =
                Dns.ask(Dns.resolver(udp.address(), tcp.address()), "ada.example.");

        Message query = udp.awaitMessage();
        query.reply(DnsReply.to(query.bytes()).address("192.0.2.1").truncated().encode());

        try (SocketConnection peer = tcp.accept()) {
            peer.expectFrame(OVER_TCP, query.bytes()); // the very same question, its ID too
            byte[] all = DnsReply.to(query.bytes())
                    .address("192.0.2.1")
                    .address("192.0.2.2")
                    .encode();
            peer.writeSlowly(OVER_TCP.frame(all), 1, Duration.ofMillis(1)); // a read is no message
            assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1", "192.0.2.2");
        }
        udp.expectNoMore(Duration.ofMillis(20));
    }

    /** Nobody there: that there was half an answer the user does not hear. */
    @Test
    void halfAnAnswerIsNone(@RefusedEndpoint InetSocketAddress tcp) throws Exception {
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(Dns.resolver(udp.address(), tcp), "ada.example.");

        Message query = udp.awaitMessage();
        query.reply(DnsReply.to(query.bytes()).address("192.0.2.1").truncated().encode());

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectException.class);
    }

    /** A server that hangs up in the middle of its answer over TCP. */
    @Test
    void anAnswerCutShortOverTcpIsNone(@WithSocketServer SocketServer tcp) throws Exception {
        CompletableFuture<org.xbill.DNS.Message> answer =
                Dns.ask(Dns.resolver(udp.address(), tcp.address()), "ada.example.");

        Message query = udp.awaitMessage();
        byte[] reply = DnsReply.to(query.bytes()).address("192.0.2.1").encode();
        query.reply(DnsReply.to(query.bytes()).truncated().encode());

        try (SocketConnection peer = tcp.accept()) {
            peer.expectFrame(OVER_TCP, query.bytes());
            byte[] frame = OVER_TCP.frame(reply);
            peer.write(Arrays.copyOf(frame, frame.length - 1)).fin();
            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(EOFException.class);
        }
    }

    /** Whoever is content with what fits gets it, and can see that it is not all. */
    @Test
    void unlessHalfWillDo(@WithSocketServer SocketServer tcp) throws Exception {
        SimpleResolver resolver = Dns.resolver(udp.address(), tcp.address());
        resolver.setIgnoreTruncation(true);
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(resolver, "ada.example.");

        Message query = udp.awaitMessage();
        query.reply(DnsReply.to(query.bytes()).address("192.0.2.1").truncated().encode());

        assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1");
        assertThat(answer.join().getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(tcp).hasNoConnections();
    }
}
