package org.junitsockets.raw;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsockets.Transport;
import org.junitsockets.spec.Declaration;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.spec.TranscriptSettings;
import org.junitsockets.testing.Raw;
import org.junitsockets.transcript.Conversation;

/** A server socket, a client and what was accepted, as they are injected: recorded or not. */
final class RawPair implements AutoCloseable {

    static final Settings RECORDED = Settings.from(name -> null);
    static final Settings PLAIN = Settings.from(name -> name.equals(TranscriptSettings.SIZE) ? "0" : null);

    final ServerSocket server;
    final Socket client;
    final Socket accepted;

    private final long since = System.nanoTime();
    private final RawServers.RawServer opened;
    private final Clients.Connected<?> connected;

    private RawPair(RawServers.RawServer opened, Clients.Connected<?> connected) throws IOException {
        this.opened = opened;
        this.connected = connected;
        this.server = (ServerSocket) opened.socket();
        this.client = (Socket) connected.socket();
        this.accepted = server.accept();
    }

    static RawPair open(Transport transport) throws IOException {
        return open(transport, RECORDED);
    }

    static RawPair open(Transport transport, Settings settings) throws IOException {
        Raw.assumeAvailable(transport);
        ServerSpec spec = spec(transport);
        RawServers.RawServer opened = RawServers.open(ServerSocket.class, spec, settings);
        return new RawPair(opened, Clients.connect(Socket.class, 1, to(opened.address(), spec), settings));
    }

    static ServerSpec spec(Transport transport) {
        return new ServerSpec(
                "db", transport, null, 50, 0, 0, Duration.ofSeconds(10), new Declaration("declared here"));
    }

    static Destination to(SocketAddress address, ServerSpec spec) {
        return Destination.of(address, spec);
    }

    /** As the client's end has it. */
    Conversation ofClient() {
        return connected.conversation().orElseThrow();
    }

    /** As the server's end has it. */
    Conversation ofServer() {
        return conversations().get(0);
    }

    List<Conversation> conversations() {
        return opened.conversations(since);
    }

    Optional<Conversation> recordedByClient() {
        return connected.conversation();
    }

    /** What the end of a scope does with a client, when something has failed. */
    void endClient() throws IOException {
        connected.observe();
        connected.close();
    }

    @Override
    public void close() throws IOException {
        client.close();
        accepted.close();
        server.close();
    }
}
