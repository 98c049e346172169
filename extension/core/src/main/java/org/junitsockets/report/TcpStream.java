package org.junitsockets.report;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Puts the headers around what was said that a capture would have had: of IP and TCP, with sequence
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

    /** The next packet. */
    byte[] packet(boolean toServer, int flags, byte[] bytes, int offset, int length) {
        InetSocketAddress source = toServer ? client : server;
        InetSocketAddress target = toServer ? server : client;
        byte[] options = (flags & SYN) != 0 ? SYN_OPTIONS : new byte[0];
        ByteBuffer packet = IpPacket.begin(source, target, IpPacket.TCP, 20 + options.length + length);
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
        packet.putShort(start + 16, IpPacket.checksum(packet, start, IpPacket.TCP));
        int consumed = length + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
        clientNext += toServer ? consumed : 0;
        serverNext += toServer ? 0 : consumed;
        return IpPacket.bytes(packet);
    }
}
