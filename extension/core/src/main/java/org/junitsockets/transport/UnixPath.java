package org.junitsockets.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A path for one socket, in the directory that only its owner may enter. Nothing is there until somebody
 * binds it; whatever is there when it is closed is unlinked.
 */
public final class UnixPath implements Closeable {

    private final UnixDomainSocketAddress address;
    private @Nullable Path path;

    private UnixPath(Path path) {
        this.address = UnixDomainSocketAddress.of(path);
        this.path = path;
    }

    /**
     * A path that was never handed out before.
     *
     * @throws IOException if there is no directory to be had
     */
    public static UnixPath open() throws IOException {
        return new UnixPath(UnixDirectory.newPath(UnixDirectory.enter()));
    }

    /** The address, also when it is closed. */
    public UnixDomainSocketAddress address() {
        return address;
    }

    @Override
    public synchronized void close() throws IOException {
        @Nullable Path held = path;
        if (held == null) {
            return;
        }
        path = null;
        try {
            Files.deleteIfExists(held);
        } finally {
            UnixDirectory.leave();
        }
    }
}
