package org.junitsockets.raw;

import static org.junitsockets.raw.Opening.closedOnFailure;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.connection.Label;
import org.junitsockets.port.Loopback;
import org.junitsockets.port.Ports;
import org.junitsockets.raw.Clients.Connected;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;

/**
 * Clients over UDP: bound to the address from which the server is reached, and connected. Their ports too were not in use lately,
 * as a client at the port of an earlier one would be taken for that.
 *
 * <p>There is no end that anybody could be told of, and so nothing to be drained up to it.
 */
final class DatagramClients {

    private DatagramClients() {}

    private abstract static class DatagramClient<T> extends Connected<T> {

        private final SocketAddress local;

        DatagramClient(T socket, SocketAddress local, Label label, Destination to) {
            super(socket, label, to);
            this.local = local;
        }

        @Override
        public SocketAddress localAddress() {
            return local;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void drain() {}
    }

    static Connected<DatagramSocket> socket(Label label, Destination to, Settings settings) throws IOException {
        return Ports.open(source(to), local -> socket(local, label, to, settings));
    }

    private static Connected<DatagramSocket> socket(
            InetSocketAddress local, Label label, Destination to, Settings settings) throws IOException {
        @Nullable
        RecordedDatagramSocket recorded = settings.transcript().size() > 0
                ? RecordedDatagramSocket.ofClient(local, to.internet(), label, to.transport(), settings)
                : null;
        DatagramSocket socket = closedOnFailure(recorded == null ? new DatagramSocket(local) : recorded, opened -> {
            opened.connect(to.address());
            opened.setSoTimeout((int) to.deadline().toMillis());
        });
        if (recorded != null) {
            recorded.begin();
        }
        return new DatagramClient<>(socket, local, label, to) {
            @Override
            public boolean isRecorded() {
                return recorded != null;
            }

            @Override
            public void observe() throws IOException {
                if (recorded != null) {
                    recorded.observe();
                }
            }

            @Override
            public Optional<Conversation> conversation() {
                return Optional.ofNullable(recorded).map(RecordedDatagramSocket::conversation);
            }

            @Override
            public void close() {
                if (recorded == null) {
                    socket.close();
                } else {
                    recorded.close("the end of its scope");
                }
            }
        };
    }

    private static InetAddress source(Destination to) throws IOException {
        return Loopback.source(to.transport(), to.internet().getAddress());
    }

    static Connected<DatagramChannel> channel(Label label, Destination to, Settings settings) throws IOException {
        return Ports.open(source(to), local -> channel(local, label, to));
    }

    private static Connected<DatagramChannel> channel(InetSocketAddress local, Label label, Destination to)
            throws IOException {
        DatagramChannel channel = closedOnFailure(DatagramChannel.open(Loopback.family(local.getAddress())), opened -> {
            opened.bind(local);
            opened.connect(to.address());
        });
        return new DatagramClient<>(channel, local, label, to) {
            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
