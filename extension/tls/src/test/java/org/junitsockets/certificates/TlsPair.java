package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.junitsockets.Tls;
import org.junitsockets.TlsStall;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.tls.TlsEndpoint;

/** Two TLS endpoints over a fake connection, driven in turns by one thread. */
final class TlsPair {

    /** More than any test here needs, fewer than anybody would wait for. */
    private static final int TURNS = 4_000_000;

    final FakePair below;
    final Heard heardByClient = new Heard();
    final Heard heardByServer = new Heard();
    final TlsEndpoint client;
    final TlsEndpoint server;

    TlsPair(SSLEngine client, SSLEngine server, TlsStall stall, FakePair below) {
        this.below = below;
        this.client = endpoint(below.client, client, TlsStall.NONE, heardByClient);
        this.server = endpoint(below.server, server, stall, heardByServer);
    }

    static TlsPair of(Tls tls) {
        return of(tls, tls, new FakePair(1000, 100_000));
    }

    static TlsPair of(Tls client, Tls server, FakePair below) {
        return new TlsPair(
                client.clientEngine("localhost", 1),
                server.serverEngine(),
                server.options().stall(),
                below);
    }

    private static TlsEndpoint endpoint(ConnectionEndpoint below, SSLEngine engine, TlsStall stall, Heard heard) {
        return new TlsEndpoint(
                below, engine, ByteBuffer.allocate(0), stall, new Object(), heard.roused::incrementAndGet, heard);
    }

    /** Goes on until both are done with it. */
    TlsPair handshake() throws IOException {
        int turn = 0;
        while (!(client.handshake() & server.handshake()) | !(client.flush() & server.flush())) {
            if (++turn == TURNS) {
                throw new AssertionError("no end of the handshake");
            }
        }
        return this;
    }

    /** What one of them has to say, whatever the other one throws meanwhile. */
    static IOException failure(TlsEndpoint of, TlsEndpoint other) {
        for (int turn = 0; turn < TURNS; turn++) {
            try {
                other.handshake();
            } catch (IOException e) {
                // is that one's
            }
            try {
                if (of.handshake()) {
                    int count = of.read(ByteBuffer.allocate(1));
                    if (count != ConnectionEndpoint.UNAVAILABLE) {
                        throw new AssertionError("no failure, but " + count);
                    }
                }
            } catch (IOException e) {
                return e;
            }
        }
        throw new AssertionError("no failure");
    }

    /** Writes all of it at one end while all of it is read at the other, to the end if that is to be. */
    static byte[] pass(TlsEndpoint from, byte[] bytes, TlsEndpoint to, boolean end) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        ByteBuffer target = ByteBuffer.allocate(20_000);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        boolean ending = false;
        for (int turn = 0; turn < TURNS; turn++) {
            if (source.hasRemaining()) {
                from.write(source);
            } else if (end && !ending) {
                ending = true;
                from.shutdownOutput();
            } else {
                from.flush();
            }
            target.clear();
            int count = to.read(target);
            if (count == ConnectionEndpoint.END) {
                return read.toByteArray();
            }
            if (count > 0) {
                read.write(target.array(), 0, count);
            }
            if (!end && read.size() >= bytes.length) {
                return read.toByteArray();
            }
        }
        throw new AssertionError("no end; read " + read.size() + " bytes");
    }

    static String say(TlsEndpoint from, String text, TlsEndpoint to) throws IOException {
        return new String(pass(from, text.getBytes(US_ASCII), to, false), US_ASCII);
    }

    /** The first result that is not that it would have to wait. */
    int readOne(TlsEndpoint from) throws IOException {
        for (int turn = 0; turn < TURNS; turn++) {
            (from == client ? server : client).flush();
            int count = from.read(ByteBuffer.allocate(1));
            if (count != ConnectionEndpoint.UNAVAILABLE) {
                return count;
            }
        }
        throw new AssertionError("nothing came");
    }
}
