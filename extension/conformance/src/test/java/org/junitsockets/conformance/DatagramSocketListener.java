package org.junitsockets.conformance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/** A datagram socket that waits for its only peer, who sends a greeting first. */
final class DatagramSocketListener implements Listener {

    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private volatile boolean accepted;

    DatagramSocketListener(DatagramSocket socket) {
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    /** The greeting comes first from the end too. */
    @Override
    public End accept(Duration timeout) throws IOException {
        if (accepted) {
            throw new UnsupportedOperationException("a DatagramSocket has one peer at a time");
        }
        socket.setSoTimeout(Timeouts.millis(timeout));
        DatagramPacket greeting = new DatagramPacket(new byte[16], 16);
        socket.receive(greeting);
        accepted = true;
        socket.connect(greeting.getSocketAddress());
        return new ForwardingEnd(new DatagramSocketEnd(socket)) {
            private boolean greeted;

            @Override
            public synchronized int read(byte[] into, Duration timeout) throws IOException {
                if (greeted) {
                    return super.read(into, timeout);
                }
                greeted = true;
                int count = Math.min(into.length, greeting.getLength());
                System.arraycopy(greeting.getData(), 0, into, 0, count);
                return count;
            }
        };
    }

    @Override
    public End connect() throws IOException {
        DatagramSocket client = new DatagramSocket(new InetSocketAddress(address.getAddress(), 0));
        client.connect(address);
        return new DatagramSocketEnd(client);
    }

    /** The accepted end is the socket itself, and stays. */
    @Override
    public void close() {
        if (!accepted) {
            socket.close();
        }
    }
}
