package org.junitsockets.report;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All of it as a file for Wireshark, with packets made for what was seen above them. */
final class Capture {

    private final Pcapng file;

    Capture(OutputStream out) {
        this.file = new Pcapng(out);
    }

    void write(Report report, List<Talk> talks) throws IOException {
        List<String> comments = new ArrayList<>();
        comments.add(report.title());
        if (!report.failure().isEmpty()) {
            comments.add("failed: " + report.failure());
        }
        comments.add("seed " + report.seed());
        comments.addAll(report.remarks());
        comments.add(
                "headers of IP, TCP and UDP are synthesised: what was recorded is the bytes, how each side ended, and when");
        List<List<Packet>> rounds = rounds(talks, comments);
        file.begin("junit-sockets", comments);
        for (List<Packet> round : rounds) {
            round.sort(Comparator.comparingLong(Packet::nanos)); // stable: what is equal stays in order
            for (Packet packet : round) {
                packet.writeTo(file);
            }
        }
    }

    /**
     * Packets are in the order of time. Only where the same two ports meet again, a stream has to be
     * over before the next one begins, however little time was between them.
     */
    private static List<List<Packet>> rounds(List<Talk> talks, List<String> remarks) {
        List<List<Packet>> rounds = new ArrayList<>();
        Map<Set<InetSocketAddress>, Integer> met = new HashMap<>();
        for (int i = 0; i < talks.size(); i++) {
            Talk talk = talks.get(i);
            if (!(talk.client() instanceof InetSocketAddress client)
                    || !(talk.server() instanceof InetSocketAddress server)
                    || !IpPacket.isBetween(client, server)) {
                remarks.add("not in this file, as it has no IP addresses: " + talk.label());
            } else if (talk.transport().protocol().equals("IPPROTO_UDP")) {
                List<Packet> packets = new Datagrams(talk, client, server).packets();
                if (packets.isEmpty()) {
                    remarks.add("not in this file, as there was no datagram: " + talk.label());
                }
                round(rounds, 0).addAll(packets);
            } else {
                int round = met.merge(new HashSet<>(List.of(client, server)), 1, Integer::sum) - 1;
                boolean whole = talk.dropped().isEmpty();
                TcpStream stream = new TcpStream(client, server, i);
                round(rounds, round).addAll(new Packets(talk, stream).of(whole || round > 0));
            }
        }
        return rounds;
    }

    private static List<Packet> round(List<List<Packet>> rounds, int round) {
        if (round == rounds.size()) {
            rounds.add(new ArrayList<>());
        }
        return rounds.get(round);
    }
}
