package org.junitsockets.samples.introduction;

import static java.net.StandardProtocolFamily.UNIX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 10: {@code AF_UNIX}, a file name instead of an address and a port.
 *
 * <p>Two programs on one machine need no Internet between them. A socket of the family AF_UNIX is bound
 * to a path: a file appears there, in which nothing is ever written. It is the number to call, and has
 * what a file has and a port has not: an owner and permissions. A database listens at {@code
 * /run/postgresql/.s.PGSQL.5432}, the Docker daemon at {@code /run/docker.sock}, and who may open the
 * file may talk to them; from another machine nobody can.
 *
 * <p>A {@code SOCK_STREAM} of this family is the stream of lesson 4. Java has it as {@code
 * SocketChannel}; {@code Socket} is for the Internet only.
 */
class Lesson10FileNamesTests {

    /** The five lines are four: a path is resolved by nobody. */
    @Test
    @Timeout(10) // a channel has no timeout of its own
    void theFiveLines(@WithSocketServer(transport = Transport.UNIX) SocketServer standIn) throws IOException {
        standIn.onConnection(SocketConnection::expectEnd);
        Path path = standIn.path();

        SocketChannel socket = SocketChannel.open(UNIX); //                         1. create
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path); //      3. address
        socket.connect(address); //                                                 4. connect
        socket.close(); //                                                          5. close
    }

    @Test
    void thereIsNoPort(@WithSocketServer(transport = Transport.UNIX) SocketServer server) {
        assertThat(server.path()).isAbsolute().exists();
        assertThatThrownBy(server::port)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("found the transport UNIX, which lacks an IP address and a port");
    }

    /**
     * Who may connect is who may write to the file, and to begin with may enter the directories above
     * it. This one is for its owner alone, so no other user of the machine disturbs the test.
     */
    @Test
    void permissionsSayWhoMayCall(@WithSocketServer(transport = Transport.UNIX) SocketServer server)
            throws IOException {
        Path directory = server.path().getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    /** A client has no path of its own. But the system tells the server which user it is: nobody can lie. */
    @Test
    @Timeout(10)
    void theServerIsToldWhoCalls(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(UNIX).bind(address);
                SocketChannel client = SocketChannel.open(address);
                SocketChannel accepted = server.accept()) {
            assertThat(client.getLocalAddress()).hasToString("");

            UserPrincipal caller =
                    accepted.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            assertThat(caller).isEqualTo(Files.getOwner(address.getPath()));
        }
    }

    /** Bytes in order, an end that is noticed: all that was said of streams. */
    @Test
    @Timeout(10)
    void aStreamIsAStream(
            @WithSocketServer(transport = Transport.UNIX) SocketServer server,
            @Endpoint UnixDomainSocketAddress address)
            throws IOException {
        server.onConnection(peer -> peer.expectLine("hello").write("welcome").expectEnd());

        try (SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap("hel".getBytes(US_ASCII)));
            client.write(ByteBuffer.wrap("lo\n".getBytes(US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(7);
            while (answer.hasRemaining() && client.read(answer) >= 0) {}
            assertThat(answer.array()).asString(US_ASCII).isEqualTo("welcome");
        }
    }

    /**
     * The file outlives its program. It is then a number that nobody answers, and in the way of the next
     * one: a server deletes it before it binds. (Here the library does, when the test ends.)
     */
    @Test
    @Timeout(10)
    void theFileStays(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        ServerSocketChannel.open(UNIX).bind(address).close();
        assertThat(address.getPath()).exists();

        assertThatThrownBy(() -> SocketChannel.open(address)).isInstanceOf(ConnectException.class);
        try (ServerSocketChannel next = ServerSocketChannel.open(UNIX)) {
            assertThatThrownBy(() -> next.bind(address)).isInstanceOf(BindException.class);
            Files.delete(address.getPath());
            next.bind(address);
        }
        Files.delete(address.getPath());
        assertThatThrownBy(() -> SocketChannel.open(address))
                .isInstanceOf(SocketException.class)
                .hasMessage("No such file or directory");
    }

    /** The system keeps a path in 108 bytes, less than most paths of a build server. */
    @Test
    void aPathMustBeShort(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s".repeat(108)));
        try (ServerSocketChannel server = ServerSocketChannel.open(UNIX)) {
            assertThatThrownBy(() -> server.bind(address))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Unix domain path too long");
        }
    }
}
