package org.junitsockets.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import org.jspecify.annotations.Nullable;
import org.junitsockets.work.Workers;

/**
 * The threads behind asynchronous channels, taken from the library's pool when first needed: those
 * of the JDK's default group would outlive every test.
 */
public final class AsynchronousGroup implements Closeable {

    private @Nullable AsynchronousChannelGroup group;

    synchronized AsynchronousChannelGroup get() throws IOException {
        if (group == null) {
            group = AsynchronousChannelGroup.withCachedThreadPool(Workers.view(), 1);
        }
        return group;
    }

    @Override
    public synchronized void close() {
        if (group != null) {
            try {
                group.shutdownNow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
