package org.junitsockets.benchmarks.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.FutureTask;
import org.junitsockets.benchmarks.measure.Candidate;

/** A block there and back over an open connection, both of whose ends are the library's; a thread echoes. */
final class RoundTrip implements Candidate, AutoCloseable {

    private final String name;
    private final RecordedPair pair;
    private final InputStream input;
    private final OutputStream output;
    private final byte[] block;

    RoundTrip(int length, boolean recorded) {
        name = recorded ? "recorded" : "not recorded";
        pair = new RecordedPair(recorded);
        input = pair.client().input();
        output = pair.client().output();
        block = new byte[length];
        FutureTask<?> echo = new FutureTask<>(() -> echo(pair.server().input(), pair.server().output(), new byte[length]));
        Thread thread = new Thread(echo, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private static Object echo(InputStream input, OutputStream output, byte[] block) throws IOException {
        int count = input.read(block);
        while (count >= 0) {
            output.write(block, 0, count);
            count = input.read(block);
        }
        return "all of it";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() throws IOException {
        output.write(block);
        int count = input.readNBytes(block, 0, block.length);
        if (count != block.length) {
            throw new IOException("the echo: found " + count + " bytes (expected: " + block.length + ")");
        }
    }

    /** Which ends the echo too. */
    @Override
    public void close() {
        pair.close();
    }
}
