package org.junitsockets.deadend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junitsockets.Transport;
import org.junitsockets.deadend.DeadEnds.CloseableDeadEnd;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;

/**
 * Those over UDP. Where nobody reads, datagrams vanish once the buffer is full, and nobody is told: to be
 * occupied and not to respond are the same.
 */
final class UdpDeadEnds implements DeadEnds.Family {

    @Override
    public CloseableDeadEnd refused(Transport transport) {
        return HeldPort.open(transport);
    }

    @Override
    public CloseableDeadEnd unresponsive(Transport transport) throws IOException {
        return unread("unresponsive", transport);
    }

    @Override
    public CloseableDeadEnd occupied(Transport transport) throws IOException {
        return unread("occupied", transport);
    }

    private static CloseableDeadEnd unread(String kind, Transport transport) throws IOException {
        DatagramChannel channel = Ports.open(transport, UdpDeadEnds::bind);
        return new HeldAddress(kind, transport, channel.getLocalAddress(), List.of(channel));
    }

    private static DatagramChannel bind(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(Loopback.family(address.getAddress()));
        try {
            return channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Bound, and connected to itself: so it takes nothing that others send, and the system answers them
     * that the port is unreachable, as if nobody had it.
     */
    static DatagramChannel bindToItself(InetSocketAddress address) throws IOException {
        DatagramChannel channel = bind(address);
        try {
            return channel.connect(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
