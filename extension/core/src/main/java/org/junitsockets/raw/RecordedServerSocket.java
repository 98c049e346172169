package org.junitsockets.raw;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junitsockets.connection.Label;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;

/** The JDK's server socket, but what it accepts is recorded. */
final class RecordedServerSocket extends ServerSocket implements Recorded {

    private final InetSocketAddress address;
    private final ServerSpec spec;
    private final Settings settings;
    private final List<RawRecord> accepted = new ArrayList<>();

    RecordedServerSocket(InetSocketAddress address, ServerSpec spec, Settings settings) throws IOException {
        this.address = address;
        this.spec = spec;
        this.settings = settings;
    }

    @Override
    public Socket accept() throws IOException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        }
        if (!isBound()) {
            throw new SocketException("Socket is not bound yet");
        }
        RecordedSocket socket = new RecordedSocket(spec.transport(), settings);
        implAccept(socket);
        synchronized (accepted) {
            accepted.add(socket.accepted(new Label("connection", accepted.size() + 1, spec), address));
        }
        return socket;
    }

    @Override
    public List<Conversation> conversations(long since) {
        synchronized (accepted) {
            return accepted.stream()
                    .filter(record -> record.isActiveSince(since))
                    .map(RawRecord::conversation)
                    .toList();
        }
    }
}
