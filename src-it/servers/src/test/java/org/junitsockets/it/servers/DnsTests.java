package org.junitsockets.it.servers;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.LengthPrefix;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketClients;
import org.junitsockets.jupiter.WithSocketServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** An NSD, which is a name server over UDP and TCP, and dnsjava. */
class DnsTests {

    /** Over TCP a message comes after its length, in two bytes (RFC 1035, 4.2.2). */
    private static final LengthPrefix OVER_TCP = LengthPrefix.U16;

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofMillis(300);

    /** Both sockets are bound by the time that it answers over one. */
    @RegisterExtension
    static final ServerContainer NSD = ServerContainer.of("nsd", 53, client -> client.writeFrame(
                            OVER_TCP, query("ada.example.").toWire())
                    .readFrame(OVER_TCP)
                    .length
            > 0);

    private final SocketClients clients;

    DnsTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- what is on the wire ---------------------------------------------------------------------

    @Test
    void answersTheSameOverBoth() {
        byte[] query = query("ada.example.").toWire();
        byte[] overUdp = clients.transport(UDP)
                .connect(NSD.address())
                .write(query)
                .readMessage()
                .bytes();
        SocketClients overTcp = SocketClients.open();
        try (overTcp) {
            overTcp.connect(NSD.address()).writeFrame(OVER_TCP, query).expectFrame(OVER_TCP, overUdp);
        }
        assertThat(addresses(parse(overUdp))).containsExactly("192.0.2.1");
    }

    @Test
    void saysThatItIsTooMuchForAMessage() {
        Message answer = parse(clients.transport(UDP)
                .connect(NSD.address())
                .write(query("many.example.").toWire())
                .readMessage()
                .bytes());
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.numBytes()).isLessThanOrEqualTo(512);
    }

    @Test
    void isAskedByTheResolver(@WithSocketServer(transport = UDP) SocketServer tap) throws IOException {
        tap.onEachConnection(client -> {
            try (SocketClients upstream = SocketClients.open()) {
                SocketConnection server = upstream.transport(UDP).connect(NSD.address());
                client.write(server.write(client.readMessage().bytes()).readMessage().bytes());
            }
        });
        SimpleResolver resolver = new SimpleResolver(tap.address());
        resolver.setTimeout(PATIENT);
        Message query = query("nobody.example.");
        Message answer = resolver.send(query);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(tap.connection(1)).receivedContaining("\6nobody\7example\0").then().sent(answer.toWire());
    }

    @Test
    void theResolverGoesOnOverTcp() throws IOException {
        Message answer = resolver(PATIENT).send(query("many.example."));
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(addresses(answer)).hasSize(64);
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatAPausedServerIsAskedIsAnsweredLater() {
        SocketConnection client = clients.transport(UDP).connect(NSD.address());
        NSD.pause();
        client.write(query("ada.example.").toWire()); // waits in the socket's buffer
        NSD.unpause();
        assertThat(addresses(parse(client.readMessage().bytes()))).containsExactly("192.0.2.1");
    }

    @Test
    void theResolverGivesUpAPausedServerAndComesBack() throws IOException {
        NSD.pause();
        assertThatThrownBy(() -> resolver(IMPATIENT).send(query("ada.example.")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Timed out");
        NSD.unpause();
        assertThat(addresses(resolver(PATIENT).send(query("ada.example.")))).containsExactly("192.0.2.1");
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void nobodyIsAtItsPortOnceItIsDead() {
        SocketConnection client = clients.transport(UDP).connect(NSD.address());
        NSD.kill();
        client.write(query("ada.example.").toWire());
        assertThatThrownBy(client::readMessage)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(PortUnreachableException.class);
    }

    @Test
    void theResolverNoticesTheDeath() {
        NSD.kill();
        assertThatThrownBy(() -> resolver(PATIENT).send(query("ada.example.")))
                .isInstanceOf(PortUnreachableException.class);
        SimpleResolver overTcp = resolver(PATIENT);
        overTcp.setTCP(true);
        assertThatThrownBy(() -> overTcp.send(query("ada.example."))).isInstanceOf(ConnectException.class);
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void theResolverFindsItAgainOverBoth() throws IOException {
        SimpleResolver resolver = resolver(PATIENT);
        assertThat(addresses(resolver.send(query("many.example.")))).hasSize(64); // over a connection that is kept
        NSD.kill();
        NSD.start();
        assertThat(addresses(resolver.send(query("ada.example.")))).containsExactly("192.0.2.1");
        resolver.setTCP(true);
        assertThat(addresses(resolver.send(query("many.example.")))).hasSize(64);
    }

    // -- dnsjava ---------------------------------------------------------------------------------

    private static SimpleResolver resolver(Duration timeout) {
        SimpleResolver resolver = new SimpleResolver(NSD.address());
        resolver.setTimeout(timeout);
        return resolver;
    }

    private static Message query(String name) {
        try {
            return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message parse(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    }
}
