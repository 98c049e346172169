package org.junitsockets.report;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junitsockets.transcript.Step;
import org.junitsockets.transcript.Step.Sign;

/** Makes the packets of a conversation over UDP: one of each datagram, those that are empty too. */
final class Datagrams {

    private static final int HEADER = 8;

    private final Talk talk;
    private final InetSocketAddress client;
    private final InetSocketAddress server;

    Datagrams(Talk talk, InetSocketAddress client, InetSocketAddress server) {
        this.talk = talk;
        this.client = client;
        this.server = server;
    }

    /**
     * Makes them; what else there is to say is said with the next one, or with the last.
     *
     * @return none where no datagram was kept, since one that was not sent is not to be made up
     */
    List<Packet> packets() {
        List<Packet> packets = new ArrayList<>();
        List<String> comments = new ArrayList<>(talk.heading());
        for (Step step : talk.steps()) {
            if (!step.note().isEmpty()) {
                comments.add(talk.recordedAt() + ": " + step.note());
            }
            if (step.sign() == Sign.BYTES) {
                packets.add(new Packet(
                        Packet.nanos(step.entry().time()),
                        step.toServer() != talk.recordedAtServer(),
                        packet(step.toServer(), step.entry().bytes()),
                        comments));
                comments = new ArrayList<>();
            }
        }
        if (!packets.isEmpty()) {
            packets.get(packets.size() - 1).comment(comments);
        }
        return packets;
    }

    private byte[] packet(boolean toServer, byte[] bytes) {
        InetSocketAddress source = toServer ? client : server;
        InetSocketAddress target = toServer ? server : client;
        int length = HEADER + bytes.length;
        ByteBuffer packet = IpPacket.begin(source, target, IpPacket.UDP, length);
        int start = packet.position();
        packet.putShort((short) source.getPort())
                .putShort((short) target.getPort())
                .putShort((short) length)
                .putShort((short) 0) // the checksum, later
                .put(bytes);
        short checksum = IpPacket.checksum(packet, start, IpPacket.UDP);
        packet.putShort(start + 6, checksum == 0 ? (short) 0xFFFF : checksum); // 0 would say that there is none
        return IpPacket.bytes(packet);
    }
}
