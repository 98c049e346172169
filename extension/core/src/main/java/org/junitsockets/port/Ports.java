package org.junitsockets.port;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.StringTokenizer;
import org.junitsockets.Transport;

/**
 * Binds ephemeral ports, each at once and for good: nothing is picked first and bound later.
 *
 * <p>The kernel, asked for port 0, repeats itself within some 60 binds, and a late client of one
 * test then talks to the next one's server. So the ports of the system's ephemeral range are taken
 * in turn, from a random start: one is not seen again before all others were. A port that somebody
 * else holds fails to bind, and the next is tried; binding a port of one's own choosing is as
 * atomic as leaving the choice to the kernel, and costs the same.
 *
 * <p>Every second one comes first: Linux gives clients ports of the parity of the range's first one
 * (ip-sysctl, ip_local_port_range), and binding one that a client has closed lately fails.
 */
public final class Ports {

    /** RFC 6335, section 6: the dynamic ports. Used where the system does not say. */
    private static final int[] IANA_DYNAMIC = {49_152, 65_535};

    private static final int[] RANGE = range(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));

    private static final int SIZE = (RANGE[1] - RANGE[0] + 1) / 2 * 2;

    /** How many others are opened before a port is opened again, however many cannot be bound. */
    private static final int REST = 4_096;

    /** Which opening was the last at each place of the range. */
    private static final int[] LAST = new int[SIZE];

    private static int next = start();
    private static int opened;

    private Ports() {}

    /** Opens something at an address, or throws {@link BindException} where that is taken. */
    @FunctionalInterface
    public interface Opener<S extends Closeable> {
        S open(InetSocketAddress address) throws IOException;
    }

    /** Opens at the next free port of the transport's loopback address, which this system has. */
    public static <S extends Closeable> S open(Transport transport, Opener<S> opener) throws IOException {
        return open(Loopback.address(transport), opener);
    }

    /** Opens at the next free port of an address of this system. */
    public static <S extends Closeable> S open(InetAddress address, Opener<S> opener) throws IOException {
        String reason = "all were in use lately";
        for (int attempt = 0; attempt < SIZE; attempt++) {
            int place = nextPlace(attempt < SIZE / 2 ? 1 : 0);
            if (place < 0) {
                continue;
            }
            try {
                S opened = opener.open(new InetSocketAddress(address, RANGE[0] + place));
                opened(place);
                return opened;
            } catch (BindException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new BindException(
                "none of the " + SIZE + " ports from " + RANGE[0] + " to " + RANGE[1] + " can be bound: " + reason);
    }

    /** The next place of a parity, or a negative number if that was in use lately. */
    private static synchronized int nextPlace(int parity) {
        int place = 2 * Math.floorMod(next++, SIZE / 2) + parity;
        return LAST[place] == 0 || opened - LAST[place] > REST ? place : -1;
    }

    private static synchronized void opened(int place) {
        LAST[place] = ++opened;
    }

    static int[] range(Path file) {
        // In one piece: these files give nothing more to who reads on, as Files.readString does.
        try (InputStream in = new FileInputStream(file.toFile())) {
            StringTokenizer bounds = new StringTokenizer(new String(in.readNBytes(256), US_ASCII));
            int low = Integer.parseInt(bounds.nextToken());
            int high = Integer.parseInt(bounds.nextToken());
            // A range narrowed by hand cannot keep a port back for the next 4,096 binds.
            return high - low >= 8_192 ? new int[] {low, high} : IANA_DYNAMIC;
        } catch (IOException | RuntimeException e) {
            return IANA_DYNAMIC; // not Linux, or not readable: there is a default for that
        }
    }

    /** Spreads the JVMs of one machine, which start at different times; SecureRandom would cost 12 ms for it. */
    private static int start() {
        long mixed = System.nanoTime() * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 33);
    }
}
