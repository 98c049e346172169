package org.junitsockets.it.servers;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.jupiter.WithSocketClients;
import org.xbill.DNS.SimpleResolver;

/** An NSD that is paused, killed and started again, and dnsjava. */
class DnsOutageTests {

    /** Both sockets are bound by the time that it answers over one. */
    @RegisterExtension
    static final ServerContainer NSD = ServerContainer.of("nsd", 53, client -> client.writeFrame(
                            Dns.OVER_TCP, Dns.query("ada.example.").toWire())
                    .readFrame(Dns.OVER_TCP)
                    .length
            > 0);

    private final SocketClients clients;

    DnsOutageTests(@WithSocketClients SocketClients clients) {
        this.clients = clients;
    }

    // -- paused ----------------------------------------------------------------------------------

    @Test
    void whatAPausedServerIsAskedIsAnsweredLater() {
        SocketConnection client = clients.transport(UDP).connect(NSD.address());
        NSD.pause();
        client.write(Dns.query("ada.example.").toWire()); // waits in the socket's buffer
        NSD.unpause();
        assertThat(Dns.addresses(Dns.parse(client.readMessage().bytes()))).containsExactly("192.0.2.1");
    }

    @Test
    void theResolverGivesUpAPausedServerAndComesBack() throws IOException {
        NSD.pause();
        assertThatThrownBy(() -> Dns.resolver(NSD.address(), Dns.IMPATIENT).send(Dns.query("ada.example.")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Timed out");
        NSD.unpause();
        assertThat(Dns.addresses(Dns.resolver(NSD.address(), Dns.PATIENT).send(Dns.query("ada.example.")))).containsExactly("192.0.2.1");
    }

    // -- killed ----------------------------------------------------------------------------------

    @Test
    void nobodyIsAtItsPortOnceItIsDead() {
        SocketConnection client = clients.transport(UDP).connect(NSD.address());
        NSD.kill();
        client.write(Dns.query("ada.example.").toWire());
        assertThatThrownBy(client::readMessage)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(PortUnreachableException.class);
    }

    @Test
    void theResolverNoticesTheDeath() {
        NSD.kill();
        assertThatThrownBy(() -> Dns.resolver(NSD.address(), Dns.PATIENT).send(Dns.query("ada.example.")))
                .isInstanceOf(PortUnreachableException.class);
        SimpleResolver overTcp = Dns.resolver(NSD.address(), Dns.PATIENT);
        overTcp.setTCP(true);
        assertThatThrownBy(() -> overTcp.send(Dns.query("ada.example."))).isInstanceOf(ConnectException.class);
    }

    // -- started again ---------------------------------------------------------------------------

    @Test
    void theResolverFindsItAgainOverBoth() throws IOException {
        SimpleResolver resolver = Dns.resolver(NSD.address(), Dns.PATIENT);
        assertThat(Dns.addresses(resolver.send(Dns.query("many.example.")))).hasSize(64); // over a connection that is kept
        NSD.kill();
        NSD.start();
        assertThat(Dns.addresses(resolver.send(Dns.query("ada.example.")))).containsExactly("192.0.2.1");
        resolver.setTCP(true);
        assertThat(Dns.addresses(resolver.send(Dns.query("many.example.")))).hasSize(64);
    }
}
