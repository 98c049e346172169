package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Pairs of UNIX channels, each with one flaw. */
final class BrokenPaths {

    private BrokenPaths() {}

    /** What all of them are without their flaw. */
    abstract static class BrokenTestCases extends UnixChannelTestCases {
        @Override
        protected Duration patience() {
            return Duration.ofSeconds(3);
        }
    }

    /** Says the same path in more words than a socket address takes. */
    static class HasALongPath extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            Listener listener = super.listen();
            Path path = ((UnixDomainSocketAddress) listener.address()).getPath();
            SocketAddress inManyWords =
                    UnixDomainSocketAddress.of(path.getParent() + "/.".repeat(50) + "/" + path.getFileName());
            return new ForwardingListener(listener) {
                @Override
                public SocketAddress address() {
                    return inManyWords;
                }

                @Override
                public End accept(Duration timeout) throws IOException {
                    return new ForwardingEnd(super.accept(timeout)) {
                        @Override
                        public SocketAddress localAddress() {
                            return inManyWords;
                        }
                    };
                }

                @Override
                public End connect() throws IOException {
                    return new ForwardingEnd(super.connect()) {
                        @Override
                        public SocketAddress remoteAddress() {
                            return inManyWords;
                        }
                    };
                }
            };
        }
    }

    static class LeavesTheFile extends BrokenTestCases {
        @Override
        void cleanUp(Path path, Path directory) {
            directory.toFile().deleteOnExit(); // in reverse order
            path.toFile().deleteOnExit();
        }
    }

    static class LeavesTheDirectory extends BrokenTestCases {
        @Override
        void cleanUp(Path path, Path directory) throws IOException {
            Files.deleteIfExists(path);
            directory.toFile().deleteOnExit();
        }
    }

    static class LetsOthersIn extends BrokenTestCases {
        @Override
        Path directory() throws IOException {
            return Files.setPosixFilePermissions(super.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Serves by itself where nobody listens any more. */
    static class ConnectsToAStaleFile extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            return new ForwardingListener(super.listen()) {
                @Override
                public End connect() throws IOException {
                    try {
                        return super.connect();
                    } catch (IOException e) {
                        Path path = ((UnixDomainSocketAddress) address()).getPath();
                        Files.deleteIfExists(path);
                        try (ServerSocketChannel another = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                            another.bind(UnixDomainSocketAddress.of(path));
                            return End.of(SocketChannel.open(another.getLocalAddress()));
                        }
                    }
                }
            };
        }
    }
}
