package org.junitsockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junitsockets.testing.Background;

/**
 * Many threads at both ends of one connection: each writer writes whole messages, each reader takes
 * what comes, in pieces of some size, until the end.
 *
 * @param fromClient for each writer at the client's end how long its messages are
 * @param fromServer the same at the server's end
 * @param readers how many there are at each end
 * @param piece how much a reader asks for at once
 */
record Talk(List<List<Integer>> fromClient, List<List<Integer>> fromServer, int readers, int piece) {

    /** The number of its writer, and which of his it is. */
    static final int HEAD = 2;

    /** What went each way: known where one reader took it all. */
    static final class Streams {

        final byte[] fromClient;
        final byte[] fromServer;

        Streams(byte[] fromClient, byte[] fromServer) {
            this.fromClient = fromClient;
            this.fromServer = fromServer;
        }
    }

    Streams run(SocketConnection client, SocketConnection server) throws Exception {
        List<Background<byte[]>> atServer = readers(server);
        List<Background<byte[]>> atClient = readers(client);
        CountDownLatch start = new CountDownLatch(1); // or the first would have finished before the last begins
        List<Background<Boolean>> clientWriters = writers(client, fromClient, start);
        List<Background<Boolean>> serverWriters = writers(server, fromServer, start);
        start.countDown();
        end(client, clientWriters);
        end(server, serverWriters);
        return new Streams(joined(atServer), joined(atClient));
    }

    static int length(List<List<Integer>> writers) {
        return writers.stream().flatMap(List::stream).mapToInt(length -> length).sum();
    }

    /** Whether it is made of all the messages, whole, and each writer's in their order. */
    static void assertInOrder(byte[] stream, List<List<Integer>> writers) {
        int[] next = new int[writers.size()];
        int at = 0;
        while (at < stream.length) {
            int writer = stream[at];
            assertThat(writer).as("the writer of the message at byte %d", at).isBetween(0, writers.size() - 1);
            int index = next[writer]++;
            assertThat(index)
                    .as("message of writer %d", writer)
                    .isLessThan(writers.get(writer).size());
            byte[] message = message(writer, index, writers.get(writer).get(index));
            int end = Math.min(at + message.length, stream.length);
            assertThat(Arrays.copyOfRange(stream, at, end))
                    .as("message %d of writer %d at byte %d", index, writer, at)
                    .isEqualTo(message);
            at = end;
        }
        assertThat(stream).hasSize(length(writers));
    }

    private static byte[] message(int writer, int index, int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (31 * writer + 17 * index + 7 * i + i / 256);
        }
        message[0] = (byte) writer;
        message[1] = (byte) index;
        return message;
    }

    private static List<Background<Boolean>> writers(
            SocketConnection end, List<List<Integer>> writers, CountDownLatch start) {
        List<Background<Boolean>> threads = new ArrayList<>();
        for (int writer = 0; writer < writers.size(); writer++) {
            int number = writer;
            threads.add(Background.run(() -> {
                start.await();
                write(end, number, writers.get(number));
            }));
        }
        return threads;
    }

    private static void write(SocketConnection end, int writer, List<Integer> lengths) throws IOException {
        for (int index = 0; index < lengths.size(); index++) {
            byte[] message = message(writer, index, lengths.get(index));
            if (index % 2 == 0) {
                end.write(message);
            } else {
                end.output().write(message);
            }
        }
    }

    private List<Background<byte[]>> readers(SocketConnection end) {
        List<Background<byte[]>> threads = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            boolean asStream = reader % 2 == 0;
            threads.add(Background.call(() -> asStream ? readStream(end.input()) : readAvailable(end)));
        }
        return threads;
    }

    private byte[] readStream(InputStream input) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece];
        int count = input.read(buffer);
        while (count >= 0) {
            all.write(buffer, 0, count);
            count = input.read(buffer);
        }
        return all.toByteArray();
    }

    private static byte[] readAvailable(SocketConnection end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            while (true) {
                all.writeBytes(end.readAvailable());
            }
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(EOFException.class);
            return all.toByteArray();
        }
    }

    private static void end(SocketConnection end, List<Background<Boolean>> writers) throws Exception {
        for (Background<Boolean> writer : writers) {
            writer.get();
        }
        end.shutdownOutput();
    }

    private static byte[] joined(List<Background<byte[]>> readers) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Background<byte[]> reader : readers) {
            all.writeBytes(reader.get());
        }
        return all.toByteArray();
    }
}
