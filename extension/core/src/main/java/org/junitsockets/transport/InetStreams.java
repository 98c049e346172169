package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.spi.TransportProvider;

/** TCP, by the JDK's channels; also what is under TLS. */
final class InetStreams implements TransportProvider {

    @Override
    public Set<Transport> transports() {
        return EnumSet.of(Transport.TCP, Transport.TCP6, Transport.TLS);
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        if (!Loopback.isIpv6(transport)) {
            return Optional.empty(); // 127.0.0.1 is there wherever there is a network at all; a bind says if not
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(Loopback.address(transport), 0));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("binding " + Loopback.literal(transport) + " failed: " + e.getMessage());
        }
    }

    @Override
    public ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException {
        return Ports.open(transport, address -> InetListener.open(address, options));
    }

    @Override
    public ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options)
            throws IOException {
        InetSocketAddress to = (InetSocketAddress) address;
        SocketChannel channel = SocketChannel.open(Loopback.family(to.getAddress()));
        try {
            return InetConnection.connect(channel, to, options);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
