package org.junitsockets.testcontainers.session;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.spi.Endpoint;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/**
 * What the way to a container carries, found by trying: a client here, and an endpoint that a listener
 * there has accepted.
 *
 * @param unavailableBecause why no server can be reached over it, or empty
 * @param lacking what the transport can do and the way does not carry
 */
record Measurement(Optional<String> unavailableBecause, Set<Capability> lacking) {

    private static final EndpointOptions OPTIONS = new EndpointOptions(8, 0, 0);
    private static final byte[] PROBE = {'?'};

    /** Where listening endpoints are opened. */
    @FunctionalInterface
    interface Listeners {
        ListeningEndpoint listen(Transport transport, EndpointOptions options) throws IOException;
    }

    static Measurement unavailable(String reason) {
        return new Measurement(Optional.of(reason), Set.of());
    }

    /**
     * Measures a transport.
     *
     * @param patience how long each event may take until it counts as not carried
     */
    static Measurement of(Transport transport, Listeners there, Duration patience) {
        try (ListeningEndpoint listener = there.listen(transport, OPTIONS)) {
            if (transport.has(Capability.MESSAGES)) {
                new Trial(listener, patience).messages();
                return new Measurement(Optional.empty(), Set.of());
            }
            return new Measurement(Optional.empty(), new Trial(listener, patience).streams());
        } catch (IOException e) {
            return unavailable("the way to the container does not carry it: " + e.getMessage());
        }
    }

    private record Trial(ListeningEndpoint listener, Duration patience) {

        Set<Capability> streams() throws IOException {
            Set<Capability> lacking = EnumSet.noneOf(Capability.class);
            bytes();
            if (!halfCloses()) {
                lacking.add(Capability.HALF_CLOSE);
            }
            if (!resetsFromThere() || !resetsFromHere() || !refuses()) {
                lacking.add(Capability.RESET); // a connect is refused by one
            }
            return lacking;
        }

        /** There and back, and then the end. */
        private void bytes() throws IOException {
            try (Socket client = connect();
                    ConnectionEndpoint peer = accept()) {
                client.getOutputStream().write(PROBE);
                require("a byte from here", read(peer), PROBE[0]);
                peer.write(ByteBuffer.wrap(PROBE));
                require("a byte from there", client.getInputStream().read(), PROBE[0]);
                client.shutdownOutput();
                require("the end from here", read(peer), ConnectionEndpoint.END);
            }
            Socket client = connect();
            try (client) {
                accept().close();
                require("the end from there", client.getInputStream().read(), -1);
            }
        }

        /** Each direction ends while the other goes on. */
        private boolean halfCloses() throws IOException {
            try (Socket client = connect();
                    ConnectionEndpoint peer = accept()) {
                client.shutdownOutput();
                if (read(peer) != ConnectionEndpoint.END) {
                    return false;
                }
                peer.write(ByteBuffer.wrap(PROBE));
                if (client.getInputStream().read() != PROBE[0]) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
            try (Socket client = connect();
                    ConnectionEndpoint peer = accept()) {
                peer.shutdownOutput();
                if (client.getInputStream().read() != -1) {
                    return false;
                }
                client.getOutputStream().write(PROBE);
                return read(peer) == PROBE[0];
            } catch (IOException e) {
                return false;
            }
        }

        private boolean resetsFromThere() throws IOException {
            try (Socket client = connect();
                    ConnectionEndpoint peer = accept()) {
                peer.reset();
                client.getInputStream().read();
                return false;
            } catch (SocketException e) {
                return true;
            }
        }

        private boolean resetsFromHere() throws IOException {
            Socket client = connect();
            try (ConnectionEndpoint peer = accept()) {
                client.setSoLinger(true, 0);
                client.close();
                read(peer);
                return false;
            } catch (SocketException e) {
                return true;
            } finally {
                client.close();
            }
        }

        /** Where nobody listens any more. */
        private boolean refuses() throws IOException {
            listener.stop();
            try {
                connect().close();
                return false;
            } catch (ConnectException e) {
                return true;
            }
        }

        void messages() throws IOException {
            InetSocketAddress address = (InetSocketAddress) listener.localAddress();
            try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(source(address), 0))) {
                client.setSoTimeout((int) patience.toMillis());
                client.connect(address);
                client.send(new DatagramPacket(PROBE, PROBE.length));
                try (ConnectionEndpoint peer = accept()) {
                    require("a message from here", read(peer), PROBE[0]);
                    peer.write(ByteBuffer.wrap(PROBE));
                    client.receive(new DatagramPacket(new byte[1], 1));
                }
            }
        }

        /** The address that this machine has on the way there, so that no wildcard is bound. */
        private static InetAddress source(InetSocketAddress address) throws IOException {
            try (DatagramSocket asked = new DatagramSocket(null)) {
                asked.connect(address);
                return asked.getLocalAddress();
            }
        }

        private Socket connect() throws IOException {
            Socket client = new Socket();
            boolean connected = false;
            try {
                client.setSoTimeout((int) patience.toMillis());
                client.setTcpNoDelay(true);
                client.connect(listener.localAddress(), (int) patience.toMillis());
                connected = true;
                return client;
            } finally {
                if (!connected) {
                    client.close();
                }
            }
        }

        private ConnectionEndpoint accept() throws IOException {
            long end = System.nanoTime() + patience.toNanos();
            @Nullable ConnectionEndpoint accepted = listener.accept();
            while (accepted == null) {
                await(listener, OP_ACCEPT, end, "a connection");
                accepted = listener.accept();
            }
            return accepted;
        }

        /** The next byte, or the end. */
        private int read(ConnectionEndpoint peer) throws IOException {
            long end = System.nanoTime() + patience.toNanos();
            ByteBuffer target = ByteBuffer.allocate(1 << 16);
            int count = peer.read(target);
            while (count == ConnectionEndpoint.UNAVAILABLE) {
                await(peer, OP_READ, end, "anything");
                count = peer.read(target);
            }
            return count == ConnectionEndpoint.END ? ConnectionEndpoint.END : target.get(0);
        }

        private void await(Endpoint endpoint, int operations, long end, String what) throws IOException {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IOException(what + " from here has not arrived there within " + patience.toMillis() + " ms");
            }
            endpoint.poll(operations, left);
        }

        private static void require(String what, int found, int expected) throws IOException {
            if (found != expected) {
                throw new IOException(what + ": found " + found + " (expected: " + expected + ")");
            }
        }
    }
}
