package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Mask;
import org.junitsockets.transcript.Recording;

/** Makes a conversation, a millisecond between any two things. */
final class Talking {

    private final Recording recording;
    private final boolean atServer;
    private Transport transport = Transport.TCP;
    private SocketAddress client = address("127.0.0.1", 40_000);
    private SocketAddress server = address("127.0.0.2", 5_000);
    private String label = "connection 1 of server 'db'";
    private String state = "open";
    private Mask mask = Mask.NONE;
    private long nanos = 5_000_000_000L;

    private Talking(boolean atServer, int size) {
        this.atServer = atServer;
        this.recording = new Recording(size, () -> nanos);
    }

    static SocketAddress address(String literal, int port) {
        return new InetSocketAddress(literal, port);
    }

    static Talking atServer() {
        return atServer(256 * 1024);
    }

    static Talking atServer(int size) {
        return new Talking(true, size).event(Kind.ACCEPTED);
    }

    static Talking atClient() {
        return new Talking(false, 256 * 1024).event(Kind.CONNECTED);
    }

    static Talking ofNothing() {
        return new Talking(true, 256 * 1024);
    }

    Talking received(String text) {
        return received(text.getBytes(UTF_8));
    }

    Talking received(byte[] bytes) {
        nanos += 1_000_000;
        recording.received(bytes, 0, bytes.length);
        return this;
    }

    Talking sent(String text) {
        return sent(text.getBytes(UTF_8));
    }

    Talking sent(byte[] bytes) {
        nanos += 1_000_000;
        recording.sent(bytes, 0, bytes.length);
        return this;
    }

    Talking event(Kind kind) {
        return event(kind, "");
    }

    Talking event(Kind kind, String detail) {
        nanos += 1_000_000;
        recording.event(kind, detail);
        return this;
    }

    Talking between(SocketAddress client, SocketAddress server) {
        this.client = client;
        this.server = server;
        return this;
    }

    Talking over(Transport transport) {
        this.transport = transport;
        return this;
    }

    /** A message, perhaps an empty one. */
    Talking receivedMessage(String text) {
        nanos += 1_000_000;
        byte[] bytes = text.getBytes(UTF_8);
        recording.received(ByteBuffer.wrap(bytes).position(bytes.length), 0, true);
        return this;
    }

    /** A message, perhaps an empty one. */
    Talking sentMessage(String text) {
        return sentMessage(text.getBytes(UTF_8));
    }

    Talking sentMessage(byte[] bytes) {
        nanos += 1_000_000;
        recording.sent(ByteBuffer.wrap(bytes).position(bytes.length), 0, true);
        return this;
    }

    Talking label(String label) {
        this.label = label;
        return this;
    }

    Talking state(String state) {
        this.state = state;
        return this;
    }

    Talking masking(String expression) {
        this.mask = Mask.of("test", expression);
        return this;
    }

    Conversation conversation() {
        return new Conversation(label, transport, client, server, recording.snapshot(1, atServer, mask), state);
    }

    static Report report(Talking... all) {
        return new Report(
                "a test", "", 42, Stream.of(all).map(Talking::conversation).toList(), List.of());
    }

    /** Written to a directory. */
    static Path write(Path directory, Talking... all) throws IOException {
        report(all).writeTo(directory);
        return directory;
    }
}
