package org.junitsockets.port;

import static java.util.Objects.requireNonNullElse;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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

    private static final AtomicInteger NEXT = new AtomicInteger(start());
    private static final AtomicInteger OPENED = new AtomicInteger();

    /** Which opening was the last at each place of the range. */
    private static final AtomicIntegerArray LAST = new AtomicIntegerArray(SIZE);

    private Ports() {}

    /** Opens something at an address, or throws {@link BindException} where that is taken. */
    @FunctionalInterface
    public interface Opener<S extends Closeable> {
        S open(InetSocketAddress address) throws IOException;
    }

    /**
     * Opens at the next free port of the transport's loopback address.
     *
     * @throws org.junitsockets.UnsupportedTransportException if this system lacks the transport
     */
    public static <S extends Closeable> S open(Transport transport, Opener<S> opener) throws IOException {
        Loopback.require(transport);
        String reason = "all were in use lately";
        for (int attempt = 0; attempt < SIZE; attempt++) {
            int parity = attempt < SIZE / 2 ? 1 : 0;
            int place = 2 * Math.floorMod(NEXT.getAndIncrement(), SIZE / 2) + parity;
            if (!isRested(place)) {
                continue;
            }
            try {
                S opened = opener.open(new InetSocketAddress(Loopback.address(transport), RANGE[0] + place));
                LAST.set(place, OPENED.incrementAndGet());
                return opened;
            } catch (BindException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new BindException(
                "none of the " + SIZE + " ports from " + RANGE[0] + " to " + RANGE[1] + " can be bound: " + reason);
    }

    private static boolean isRested(int place) {
        int last = LAST.get(place);
        return last == 0 || OPENED.get() - last > REST;
    }

    static int[] range(Path file) {
        // By a large buffer: these files give nothing more to who reads them in pieces, as Files.readString does.
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Scanner bounds = new Scanner(requireNonNullElse(reader.readLine(), ""));
            int low = bounds.nextInt();
            int high = bounds.nextInt();
            // A range narrowed by hand cannot keep a port back for the next 4,096 binds.
            return high - low >= 8_192 ? new int[] {low, high} : IANA_DYNAMIC;
        } catch (IOException | RuntimeException e) {
            return IANA_DYNAMIC; // not Linux, or not readable: there is a default for that
        }
    }

    /** Spreads the JVMs of one machine; SecureRandom would cost 12 ms for it. */
    private static int start() {
        long mixed = (System.nanoTime() ^ ProcessHandle.current().pid() << 32) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 33);
    }
}
