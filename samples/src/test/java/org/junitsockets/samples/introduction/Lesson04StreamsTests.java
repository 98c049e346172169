package org.junitsockets.samples.introduction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketPair;
import org.junitsockets.jupiter.WithSocketServer;

/**
 * Lesson 4: a stream is not a sequence of messages.
 *
 * <p>A stream delivers bytes: all of them, once, in order. It does not deliver your calls. Two
 * writes may arrive in one read, and one write in several reads: a read waits until there is at
 * least one byte, and returns what is there, up to what was asked for. What worked a thousand times
 * on your desk, because the message was short and the machine was idle, breaks over a real network.
 *
 * <p>So the two programs need a rule where a message ends, a <em>framing</em>. There are three: an
 * end mark, such as the end of a line; a length in front of it; or the end of the stream. With any
 * of them, a reader goes on until the message is complete.
 *
 * <p>From here on the server's side is a {@code SocketServer}: a stand-in that the test directs. Its
 * {@code accept()} returns a {@code SocketConnection}, which has the framings built in, and on which
 * no call waits longer than a deadline, 5 seconds if you do not say.
 */
class Lesson04StreamsTests {

    @Test
    void twoWritesCanBeOneRead(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();
        peer.write("AB");
        peer.write("CD");

        InputStream in = client.getInputStream();
        assertThat(in.readNBytes(3)).asString(US_ASCII).isEqualTo("ABC"); // across what was written
        assertThat(in.readNBytes(1)).asString(US_ASCII).isEqualTo("D");
    }

    /** The commonest mistake with sockets: to take what one read returns for the whole message. */
    @Test
    void oneReadCanBeHalfAMessage(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();
        byte[] buffer = new byte[100];

        peer.write("hel");
        int count = client.getInputStream().read(buffer);
        assertThat(new String(buffer, 0, count, US_ASCII)).isEqualTo("hel");

        peer.write("lo\n");
        count += client.getInputStream().readNBytes(buffer, count, 3);
        assertThat(new String(buffer, 0, count, US_ASCII)).isEqualTo("hello\n");
    }

    /** Framed by an end mark. Both sides have the same vocabulary here. */
    @Test
    void aLineEndsWhereItsEndMarkStands(@WithSocketPair SocketPair pair) {
        pair.client().write("first li");
        pair.client().write("ne\nsecond line\n");

        assertThat(pair.server().readLine()).isEqualTo("first line");
        assertThat(pair.server().readLine()).isEqualTo("second line");
    }

    /** Framed by a length: first how many bytes, then so many. */
    @Test
    void aLengthSaysHowMuchIsToCome(@WithSocketPair SocketPair pair) {
        pair.client().write(new byte[] {3, 'o', 'n', 'e', 5, 't', 'h', 'r', 'e', 'e'});

        int length = pair.server().readExactly(1)[0];
        assertThat(pair.server().readExactly(length)).asString(US_ASCII).isEqualTo("one");
        length = pair.server().readExactly(1)[0];
        assertThat(pair.server().readExactly(length)).asString(US_ASCII).isEqualTo("three");
    }

    /**
     * A read waits until there is something to read: for ever, if you let it. With a timeout it gives
     * up; nothing is lost by that, and the next read gets what comes then.
     */
    @Test
    void aReadWaits(@WithSocketServer SocketServer server, Socket client) throws IOException {
        SocketConnection peer = server.accept();

        client.setSoTimeout(100);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        client.setSoTimeout(5000);
        peer.write("!");
        assertThat(client.getInputStream().read()).isEqualTo('!');
    }
}
