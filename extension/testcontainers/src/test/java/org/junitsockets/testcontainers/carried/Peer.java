package org.junitsockets.testcontainers.carried;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junitsockets.testcontainers.protocol.Handshake;

/** One side of a control connection, in bytes: what it sends may be anything. */
final class Peer implements Closeable {

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) LocalAgent.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** One who has connected to an agent, and done nothing else. */
    static Peer newcomer(InetSocketAddress agent) throws IOException {
        Socket socket = new Socket();
        socket.connect(agent);
        return new Peer(socket);
    }

    /** One whom the agent takes for the test. */
    static Peer test(InetSocketAddress agent, byte[] secret) throws IOException {
        Peer peer = newcomer(agent);
        Handshake handshake = new Handshake(secret);
        ByteBuffer hello = peer.read(Handshake.HELLO);
        peer.send(handshake.proof(hello).array());
        handshake.verify(hello, peer.read(Handshake.ANSWER));
        return peer;
    }

    /** Has the client take this for its agent. */
    Peer asAgent(byte[] secret) throws IOException {
        Handshake handshake = new Handshake(secret);
        send(handshake.hello().array());
        send(handshake.answer(read(Handshake.PROOF)).array());
        return this;
    }

    ByteBuffer read(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** The next byte, or -1 at the end, which may be a reset. */
    int read() throws IOException {
        try {
            return in.read();
        } catch (java.net.SocketException e) {
            return -1;
        }
    }

    Peer send(byte... bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    Peer send(int kind, int id, byte... payload) throws IOException {
        return send(frame(kind, id, payload));
    }

    static byte[] frame(int kind, int id, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length)
                .put((byte) kind)
                .putInt(id)
                .put(payload)
                .array();
    }

    /** What a payload is made of: bytes from Byte, numbers of four from Integer. */
    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (Object part : parts) {
                if (part instanceof Integer number) {
                    out.writeInt(number);
                } else if (part instanceof Byte one) {
                    out.writeByte(one);
                } else if (part instanceof byte[] many) {
                    out.write(many);
                } else {
                    byte[] text = ((String) part).getBytes(UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A frame that has come. */
    record Received(int kind, int id, ByteBuffer payload) {

        String text() {
            byte[] text = new byte[payload.getInt()];
            payload.get(text);
            return new String(text, UTF_8);
        }
    }

    Received receive() throws IOException {
        int length = in.readInt();
        int kind = in.readUnsignedByte();
        int id = in.readInt();
        return new Received(kind, id, read(length));
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
