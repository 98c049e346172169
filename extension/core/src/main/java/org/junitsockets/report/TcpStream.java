package org.junitsockets.report;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Puts the headers around what was said that a capture would have had: IP and TCP, with sequence
 * numbers and acknowledgements that follow both directions.
 */
final class TcpStream {

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    /** What a packet can carry: the length of an IPv4 packet, in which the headers count, has 16 bits. */
    static final int MOST_BYTES = 65_535 - 20 - 20;

    private static final int TCP = 6;
    private static final int HOP_LIMIT = 64;
    private static final int WINDOW = 0xFFFF;

    /** Maximum segment size, and a window that is never full, as what acknowledges only is left out. */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) (MOST_BYTES >> 8), (byte) MOST_BYTES, 1, 3, 3, 14};

    private final InetSocketAddress client;
    private final InetSocketAddress server;

    /** What each has sent so far, in sequence numbers. */
    private int clientNext;

    private int serverNext;

    /**
     * Begins a stream.
     *
     * @param number another one for each, from which the first sequence numbers are made
     */
    TcpStream(InetSocketAddress client, InetSocketAddress server, int number) {
        this.client = client;
        this.server = server;
        this.clientNext = 0x1000_0000 + number * 0x9E37_79B1;
        this.serverNext = 0x6000_0000 + number * 0x9E37_79B1;
    }

    /** Whether both are addresses of one version of IP: there are no headers for others. */
    static boolean isBetween(InetSocketAddress client, InetSocketAddress server) {
        return !client.isUnresolved()
                && !server.isUnresolved()
                && client.getAddress().getAddress().length
                        == server.getAddress().getAddress().length;
    }

    /** The next packet. */
    byte[] packet(boolean toServer, int flags, byte[] bytes, int offset, int length) {
        InetSocketAddress source = toServer ? client : server;
        InetSocketAddress target = toServer ? server : client;
        byte[] options = (flags & SYN) != 0 ? SYN_OPTIONS : new byte[0];
        int tcpLength = 20 + options.length + length;
        byte[] from = source.getAddress().getAddress();
        byte[] to = target.getAddress().getAddress();
        boolean isVersion4 = from.length == 4;
        byte[] all = new byte[(isVersion4 ? 20 : 40) + tcpLength];
        ByteBuffer packet = ByteBuffer.wrap(all);
        if (isVersion4) {
            putVersion4(packet);
        } else {
            putVersion6(packet, tcpLength);
        }
        int addresses = packet.position();
        packet.put(from).put(to);
        if (isVersion4) {
            packet.putShort(10, checksum(sum(packet, 0, 20)));
        }
        int start = packet.position();
        packet.putShort((short) source.getPort())
                .putShort((short) target.getPort())
                .putInt(toServer ? clientNext : serverNext)
                .putInt((flags & ACK) == 0 ? 0 : toServer ? serverNext : clientNext)
                .put((byte) (((20 + options.length) / 4) << 4))
                .put((byte) flags)
                .putShort((short) WINDOW)
                .putInt(0) // the checksum, later, and no urgent pointer
                .put(options)
                .put(bytes, offset, length);
        long pseudoHeader = sum(packet, addresses, start) + TCP + tcpLength;
        packet.putShort(start + 16, checksum(pseudoHeader + sum(packet, start, all.length)));
        int consumed = length + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
        clientNext += toServer ? consumed : 0;
        serverNext += toServer ? 0 : consumed;
        return all;
    }

    private static void putVersion4(ByteBuffer packet) {
        packet.put((byte) 0x45) // the version, and a header of five words
                .put((byte) 0)
                .putShort((short) packet.capacity())
                .putShort((short) 0)
                .putShort((short) 0x4000) // not to be fragmented
                .put((byte) HOP_LIMIT)
                .put((byte) TCP)
                .putShort((short) 0); // the checksum, later
    }

    private static void putVersion6(ByteBuffer packet, int tcpLength) {
        packet.putInt(0x6000_0000).putShort((short) tcpLength).put((byte) TCP).put((byte) HOP_LIMIT);
    }

    /** The sum of 16-bit words, the last of which may be half missing. */
    private static long sum(ByteBuffer packet, int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += packet.getShort(at) & 0xFFFF;
        }
        return at < to ? sum + ((packet.get(at) & 0xFF) << 8) : sum;
    }

    private static short checksum(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
