package org.junitsockets.it.servers;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.testcontainers.Lifetime.CLASS;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Connected;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** An NSD, which is a name server over UDP and TCP, and dnsjava. */
@WithRemoteEndpoint(name = "nsd", image = "junit-sockets-it/nsd", port = 53, ports = "53/udp", lifetime = CLASS)
class DnsTests {

    @Test
    void answersTheSameOverBoth(
            @Connected("nsd") SocketConnection overTcp, @Connected("nsd:53/udp") SocketConnection overUdp) {
        byte[] query = Dns.query("ada.example.").toWire();
        byte[] answer = overUdp.write(query).readMessage().bytes();
        overTcp.writeFrame(Dns.OVER_TCP, query).expectFrame(Dns.OVER_TCP, answer);
        assertThat(Dns.addresses(Dns.parse(answer))).containsExactly("192.0.2.1");
    }

    @Test
    void saysThatItIsTooMuchForAMessage(@Connected("nsd:53/udp") SocketConnection client) {
        Message answer = Dns.parse(
                client.write(Dns.query("many.example.").toWire()).readMessage().bytes());
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.numBytes()).isLessThanOrEqualTo(512);
    }

    @Test
    void isAskedByTheResolver(
            @Endpoint("nsd:53/udp") InetSocketAddress nsd, @WithSocketServer(transport = UDP) SocketServer tap) throws IOException {
        tap.onEachConnection(client -> {
            try (SocketClients upstream = SocketClients.open()) {
                SocketConnection server = upstream.transport(UDP).connect(nsd);
                client.write(server.write(client.readMessage().bytes()).readMessage().bytes());
            }
        });
        Message query = Dns.query("nobody.example.");
        Message answer = Dns.resolver(tap.address(), Dns.PATIENT).send(query);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(tap.connection(1)).receivedContaining("\6nobody\7example\0").then().sent(answer.toWire());
    }

    @Test
    void theResolverGoesOnOverTcp(@Endpoint("nsd") InetSocketAddress nsd) throws IOException {
        Message answer = Dns.resolver(nsd, Dns.PATIENT).send(Dns.query("many.example."));
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(Dns.addresses(answer)).hasSize(64);
    }
}
