package org.junitsockets.conformance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

class UnixChannelTestCases extends SocketConformance {

    @Override
    protected Set<Capability> capabilities() {
        return Transport.UNIX.capabilities();
    }

    @Override
    protected Listener listen() throws IOException {
        Path directory = directory();
        Path path = directory.resolve("socket");
        Listener listener = Listener.of(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path)));
        return new ForwardingListener(listener) {
            @Override
            public void close() throws IOException {
                super.close();
                cleanUp(path, directory);
            }
        };
    }

    /** Of mode 0700. */
    Path directory() throws IOException {
        return Files.createTempDirectory("conformance");
    }

    void cleanUp(Path path, Path directory) throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(directory);
    }
}
