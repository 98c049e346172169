package org.junitsockets.report;

import java.net.InetAddress;
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
    byte[] packet(boolean toServer, int flags, byte[] bytes, int from, int length) {
        InetSocketAddress source = toServer ? client : server;
        InetSocketAddress target = toServer ? server : client;
        byte[] options = (flags & SYN) != 0 ? SYN_OPTIONS : new byte[0];
        int tcpLength = 20 + options.length + length;
        ByteBuffer packet = ip(source.getAddress(), target.getAddress(), tcpLength);
        int start = packet.position();
        packet.putShort((short) source.getPort())
                .putShort((short) target.getPort())
                .putInt(toServer ? clientNext : serverNext)
                .putInt((flags & ACK) == 0 ? 0 : toServer ? serverNext : clientNext)
                .put((byte) ((20 + options.length) / 4 << 4))
                .put((byte) flags)
                .putShort((short) WINDOW)
                .putInt(0) // checksum, below, and urgent pointer
                .put(options)
                .put(bytes, from, length);
        long pseudoHeader = sum(packet, addressesAt(packet), start) + TCP + tcpLength;
        packet.putShort(start + 16, checksum(pseudoHeader + sum(packet, start, packet.capacity())));
        int consumed = length + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
        clientNext += toServer ? consumed : 0;
        serverNext += toServer ? 0 : consumed;
        return packet.array();
    }

    private static ByteBuffer ip(InetAddress source, InetAddress target, int length) {
        byte[] from = source.getAddress();
        byte[] to = target.getAddress();
        if (from.length == 4) {
            ByteBuffer packet = ByteBuffer.allocate(20 + length)
                    .put((byte) 0x45) // version, and a header of five words
                    .put((byte) 0)
                    .putShort((short) (20 + length))
                    .putShort((short) 0)
                    .putShort((short) 0x4000) // not to be fragmented
                    .put((byte) HOP_LIMIT)
                    .put((byte) TCP)
                    .putShort((short) 0)
                    .put(from)
                    .put(to);
            return packet.putShort(10, checksum(sum(packet, 0, 20)));
        }
        return ByteBuffer.allocate(40 + length)
                .putInt(0x6000_0000)
                .putShort((short) length)
                .put((byte) TCP)
                .put((byte) HOP_LIMIT)
                .put(from)
                .put(to);
    }

    private static int addressesAt(ByteBuffer packet) {
        return packet.get(0) == 0x45 ? 12 : 8;
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
