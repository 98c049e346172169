package org.junitsockets.report;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The header of IP, of either version, and the checksum of what is in the packet. */
final class IpPacket {

    static final int TCP = 6;
    static final int UDP = 17;

    private static final int VERSION_4_HEADER = 20;
    private static final int VERSION_6_HEADER = 40;
    private static final int VERSION_4_ADDRESSES = 12;
    private static final int VERSION_6_ADDRESSES = 8;
    private static final int HOP_LIMIT = 64;

    private IpPacket() {}

    /** Whether both are addresses of one version of IP: there are no headers for others. */
    static boolean isBetween(InetSocketAddress client, InetSocketAddress server) {
        return !client.isUnresolved()
                && !server.isUnresolved()
                && client.getAddress().getAddress().length
                        == server.getAddress().getAddress().length;
    }

    /**
     * Makes a packet of which only the header is filled in.
     *
     * @param length of what it carries
     * @return it, at the position behind the header
     */
    static ByteBuffer begin(InetSocketAddress source, InetSocketAddress target, int protocol, int length) {
        byte[] from = source.getAddress().getAddress();
        byte[] to = target.getAddress().getAddress();
        boolean isVersion4 = from.length == 4;
        ByteBuffer packet = ByteBuffer.allocate((isVersion4 ? VERSION_4_HEADER : VERSION_6_HEADER) + length);
        if (isVersion4) {
            putVersion4(packet, protocol);
        } else {
            packet.putInt(0x6000_0000)
                    .putShort((short) length)
                    .put((byte) protocol)
                    .put((byte) HOP_LIMIT);
        }
        packet.put(from).put(to);
        if (isVersion4) {
            packet.putShort(10, checksum(sum(packet, 0, VERSION_4_HEADER)));
        }
        return packet;
    }

    /** All of a packet. */
    static byte[] bytes(ByteBuffer packet) {
        byte[] all = new byte[packet.capacity()];
        packet.get(0, all);
        return all;
    }

    private static void putVersion4(ByteBuffer packet, int protocol) {
        packet.put((byte) 0x45) // the version, and a header of five words
                .put((byte) 0)
                .putShort((short) packet.capacity())
                .putShort((short) 0)
                .putShort((short) 0x4000) // not to be fragmented
                .put((byte) HOP_LIMIT)
                .put((byte) protocol)
                .putShort((short) 0); // the checksum, later
    }

    /** That of what begins behind the header, with the pseudo header; its own place has to be zero. */
    static short checksum(ByteBuffer packet, int start, int protocol) {
        int addresses = start == VERSION_4_HEADER ? VERSION_4_ADDRESSES : VERSION_6_ADDRESSES;
        long pseudoHeader = sum(packet, addresses, start) + protocol + packet.capacity() - start;
        return checksum(pseudoHeader + sum(packet, start, packet.capacity()));
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
