package org.junitsockets.testcontainers.agent;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;
import org.junitsockets.transport.InetListener;

/** Opens sockets where the agent may: at its address, and at its ports. */
final class Sockets {

    private final InetAddress bind;
    private final @Nullable PortRange ports;

    Sockets(InetAddress bind, @Nullable PortRange ports) {
        this.bind = bind;
        this.ports = ports;
    }

    ListeningEndpoint listen(boolean ipv6, EndpointOptions options) throws IOException {
        return open(ipv6, address -> InetListener.open(address, options));
    }

    DatagramChannel bind(boolean ipv6, EndpointOptions options) throws IOException {
        return open(ipv6, address -> bind(address, options));
    }

    private <S extends Closeable> S open(boolean ipv6, Ports.Opener<S> opener) throws IOException {
        InetAddress address = address(ipv6);
        if (ports != null) {
            return ports.open(port -> opener.open(new InetSocketAddress(address, port)));
        }
        return Ports.open(
                ipv6 ? Transport.TCP6 : Transport.TCP,
                loopback -> opener.open(new InetSocketAddress(address, loopback.getPort())));
    }

    private InetAddress address(boolean ipv6) throws IOException {
        if (ipv6 == bind instanceof Inet6Address) {
            return bind;
        }
        if (bind.isAnyLocalAddress()) {
            return InetAddress.getByAddress(new byte[ipv6 ? 16 : 4]);
        }
        if (bind.isLoopbackAddress()) {
            return Loopback.address(ipv6 ? Transport.TCP6 : Transport.TCP);
        }
        throw new IOException(
                "the agent listens at " + bind.getHostAddress() + ", which is not " + (ipv6 ? "IPv6" : "IPv4"));
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
