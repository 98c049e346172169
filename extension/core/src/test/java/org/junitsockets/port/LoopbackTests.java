package org.junitsockets.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsockets.SocketClients;
import org.junitsockets.SocketConnection;
import org.junitsockets.Transport;
import org.junitsockets.raw.Clients;
import org.junitsockets.raw.Destination;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Settings;

/** What is written of an address, and from where a client reaches one that is not on the loopback interface. */
@SuppressWarnings("AddressSelection") // these are literals
class LoopbackTests {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, tcp://127.0.0.1:80, 127.0.0.1 port 80",
        "127.0.0.2, tcp://127.0.0.2:80, 127.0.0.2 port 80",
        "::1, tcp://[::1]:80, ::1 port 80",
        "172.17.0.2, tcp://172.17.0.2:80, 172.17.0.2 port 80",
        "2001:db8::2, tcp://[2001:db8:0:0:0:0:0:2]:80, 2001:db8:0:0:0:0:0:2 port 80"
    })
    void isWrittenAsItIs(String address, String uri, String text) throws IOException {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), 80);
        assertThat(Loopback.uri("tcp", socket)).hasToString(uri);
        assertThat(Loopback.describe(socket)).isEqualTo(text);
    }

    @Test
    void aDatagramClientOfTheLoopbackAddressIsReachedByNobodyElse() throws IOException {
        for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
            assertThat(Loopback.source(Transport.UDP, InetAddress.getByName(address)))
                    .isEqualTo(InetAddress.getByName("127.0.0.1"));
        }
        assertThat(Loopback.source(Transport.UDP6, InetAddress.getByName("::1")))
                .isEqualTo(InetAddress.getByName("::1"));
    }

    /** Nothing is sent in it: a datagram socket is connected to an address by itself. */
    @Test
    void aDatagramClientOfAnotherAddressIsBoundToTheOneItReachesThatFrom() throws IOException {
        Optional<InetAddress> elsewhere = elsewhere();
        assumeThat(elsewhere)
                .as("an address of this system besides the loopback one")
                .isPresent();
        InetSocketAddress address = new InetSocketAddress(elsewhere.get(), 9);
        try (SocketClients clients = SocketClients.open().transport(Transport.UDP)) {
            SocketConnection client = clients.connect(address);
            assertThat(((InetSocketAddress) client.localAddress()).getAddress()).isEqualTo(elsewhere.get());
        }
        for (Class<?> type : new Class<?>[] {DatagramSocket.class, DatagramChannel.class}) {
            Destination to = new Destination(
                    address, Choice.stated(Transport.UDP), null, () -> "a server", DEADLINE, DEADLINE, 0, 0);
            Clients.Connected<?> client = Clients.connect(type, 1, to, Settings.fromSystemProperties());
            assertThat(((InetSocketAddress) client.localAddress()).getAddress()).isEqualTo(elsewhere.get());
            client.close();
        }
    }

    private static Optional<InetAddress> elsewhere() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }
}
