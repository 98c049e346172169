package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.SocketAddress;
import java.util.Arrays;
import org.junitsockets.Message;

/** A message, and the connection it came on. */
final class ReceivedMessage implements Message {

    private final Connection connection;
    private final byte[] bytes;
    private final int length;

    ReceivedMessage(Connection connection, byte[] received, int length, int limit) {
        this.connection = connection;
        this.bytes = Arrays.copyOf(received, Math.min(received.length, limit));
        this.length = length;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String text() {
        return new String(bytes, UTF_8);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isTruncated() {
        return bytes.length < length;
    }

    @Override
    public SocketAddress sender() {
        return connection.remoteAddress();
    }

    @Override
    public void reply(String text) {
        connection.write(text);
    }

    @Override
    public void reply(byte[] reply) {
        connection.write(reply);
    }

    @Override
    public String toString() {
        return connection.describe(bytes) + (isTruncated() ? " of " + length + " bytes" : "") + " from " + sender();
    }
}
