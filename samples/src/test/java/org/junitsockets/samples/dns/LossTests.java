package org.junitsockets.samples.dns;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UDP6;
import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junitsockets.Message;
import org.junitsockets.SocketServer;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.jupiter.EachTransport;
import org.junitsockets.jupiter.WithSocketServer;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.SimpleResolver;

/**
 * A datagram may be lost, and nobody hears of it; or nobody is there, and somebody may.
 *
 * <p>Hand-written servers receive all that is sent. Whether the client asks again is not asked.
 */
class LossTests {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** The first question is lost: the server never sees it. The same resolver that {@code Lookup} uses asks again. */
    @Test
    @WithSocketServer(transport = UDP)
    void asksAgain(SocketServer server) throws Exception {
        server.dropMessages(1);
        server.onEachConnection(peer -> peer.write(
                DnsReply.to(peer.readMessage().bytes()).address("192.0.2.1").encode()));
        SimpleResolver once = Dns.resolver(server.address());
        ExtendedResolver resolver = new ExtendedResolver(List.of(once));
        once.setTimeout(SHORT);
        resolver.setRetries(10); // on a busy machine one more may be in vain

        assertThat(Dns.addresses(Dns.ask(resolver, "ada.example."))).containsExactly("192.0.2.1");
        assertThat(server.transcript().entries())
                .filteredOn(entry -> entry.kind() == Kind.DROPPED)
                .singleElement()
                .satisfies(lost -> assertThat(lost.detail()).startsWith("message 1 of all (40 bytes from "));
    }

    /** The plain one asks once. */
    @Test
    @WithSocketServer(transport = UDP)
    void theSimpleResolverDoesNot(SocketServer server) throws Exception {
        SimpleResolver resolver = Dns.resolver(server.address());
        resolver.setTimeout(SHORT);
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(resolver, "ada.example.");

        server.awaitMessage();
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(SocketTimeoutException.class);
        server.expectNoMore(Duration.ofMillis(20));
    }

    /** Nobody at the port: the system is told by ICMP, and tells a socket that is connected, at once. */
    @EachTransport({UDP, UDP6})
    void hearsThatNobodyIsThere(@WithSocketServer SocketServer server) throws Exception {
        server.stop();
        SimpleResolver resolver = Dns.resolver(server.address());
        assertThat(Dns.ask(resolver, "ada.example."))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(PortUnreachableException.class);

        server.start();
        CompletableFuture<org.xbill.DNS.Message> answer = Dns.ask(resolver, "ada.example.");
        Message query = server.awaitMessage();
        query.reply(DnsReply.to(query.bytes()).address("192.0.2.1").encode());
        assertThat(Dns.addresses(answer)).containsExactly("192.0.2.1");
    }
}
