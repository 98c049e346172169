package org.junitsockets.conformance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.time.Duration;

/** A connected datagram socket's end. */
final class DatagramSocketEnd implements End {

    private final DatagramSocket socket;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;

    DatagramSocketEnd(DatagramSocket socket) {
        this.socket = socket;
        localAddress = socket.getLocalSocketAddress();
        remoteAddress = socket.getRemoteSocketAddress();
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
        socket.setSoTimeout(Timeouts.millis(timeout));
        DatagramPacket packet = new DatagramPacket(into, into.length);
        socket.receive(packet);
        return packet.getLength();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    @Override
    public SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public void close() {
        socket.close();
    }
}
