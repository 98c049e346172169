package org.junitsockets.benchmarks.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junitsockets.benchmarks.measure.Candidate;

/** A byte there and back without a second thread: nothing but system calls, beside which recording shows most. */
final class OneThread implements Candidate, AutoCloseable {

    private final String name;
    private final RecordedPair pair;

    OneThread(boolean recorded) {
        name = recorded ? "recorded" : "not recorded";
        pair = new RecordedPair(recorded);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() throws IOException {
        move(pair.client().output(), pair.server().input());
        move(pair.server().output(), pair.client().input());
    }

    private static void move(OutputStream from, InputStream to) throws IOException {
        from.write('x');
        int value = to.read();
        if (value != 'x') {
            throw new IOException("found " + value + " (expected: " + (int) 'x' + ")");
        }
    }

    @Override
    public void close() {
        pair.close();
    }
}
