package org.junitsockets.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.TransportProvider;

/**
 * UDP, by the JDK's channels.
 *
 * <p>Clients too get ports that were not in use lately: a new client at the port of an old one would be
 * taken for that. There is no backlog.
 */
final class Datagrams implements TransportProvider {

    @Override
    public Set<Transport> transports() {
        return Set.of(Transport.UDP, Transport.UDP6);
    }

    @Override
    public Optional<String> unavailableBecause(Transport transport) {
        InetSocketAddress address = new InetSocketAddress(Loopback.address(transport), 0);
        try {
            bind(address, new EndpointOptions(1, 0, 0)).close();
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of(
                    "binding " + address.getAddress().getHostAddress() + " for UDP failed: " + e.getMessage());
        }
    }

    @Override
    public DatagramServer listen(Transport transport, EndpointOptions options) throws IOException {
        DatagramChannel channel = Ports.open(transport, address -> bind(address, options));
        try {
            return new DatagramServer(new DatagramPump(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public ConnectionEndpoint connect(Transport transport, SocketAddress address, EndpointOptions options)
            throws IOException {
        InetAddress source = Loopback.source(transport, ((InetSocketAddress) address).getAddress());
        DatagramChannel channel = Ports.open(source, local -> bind(local, options));
        try {
            channel.connect(address);
            return new DatagramClient(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel bind(InetSocketAddress address, EndpointOptions options) throws IOException {
        DatagramChannel channel = DatagramChannel.open(Loopback.family(address.getAddress()));
        try {
            channel.configureBlocking(false);
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            channel.bind(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
