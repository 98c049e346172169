package org.junitsockets.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.transcript.Step;
import org.junitsockets.transcript.Step.Sign;

/** Makes the packets of one conversation over TCP; of what went over TLS there, with what was inside. */
final class Packets {

    private static final byte[] NOTHING = new byte[0];

    /** What the handshake says. */
    private static final Set<Kind> BEGINNING = Set.of(Kind.CONNECTED, Kind.ACCEPTED);

    private final Talk talk;
    private final TcpStream stream;
    private final List<Packet> packets = new ArrayList<>();

    /** What there is to say with the next packet. */
    private List<String> comments = new ArrayList<>();

    private long nanos;

    Packets(Talk talk, TcpStream stream) {
        this.talk = talk;
        this.stream = stream;
    }

    /**
     * Makes them.
     *
     * @param fromTheBeginning whether there is a handshake
     */
    List<Packet> of(boolean fromTheBeginning) {
        if (talk.steps().isEmpty()) {
            return packets;
        }
        nanos = Packet.nanos(talk.steps().get(0).entry().time());
        comments.addAll(talk.heading());
        if (fromTheBeginning) {
            add(true, TcpStream.SYN);
            add(false, TcpStream.SYN | TcpStream.ACK);
            add(true, TcpStream.ACK);
        }
        for (Step step : inOrder(talk.steps())) {
            nanos = Math.max(nanos, Packet.nanos(step.entry().time()));
            if (!fromTheBeginning || !BEGINNING.contains(step.entry().kind())) {
                add(step);
            }
        }
        if (!comments.isEmpty()) {
            addToLast();
        }
        return packets;
    }

    /** What is recorded when it is asked for can be before bytes of another thread: no byte comes after the end. */
    private static List<Step> inOrder(List<Step> steps) {
        List<Step> inOrder = new ArrayList<>(steps);
        for (boolean toServer : new boolean[] {true, false}) {
            int last = inOrder.size() - 1;
            while (last >= 0 && !is(inOrder.get(last), Sign.BYTES, toServer)) {
                last--;
            }
            for (int i = last - 1; i >= 0; i--) {
                if (is(inOrder.get(i), Sign.FIN, toServer) || is(inOrder.get(i), Sign.RST, toServer)) {
                    inOrder.add(last, inOrder.remove(i));
                    last--;
                }
            }
        }
        return inOrder;
    }

    private static boolean is(Step step, Sign sign, boolean toServer) {
        return step.sign() == sign && step.toServer() == toServer;
    }

    private void add(Step step) {
        if (!step.note().isEmpty()) {
            comments.add(talk.recordedAt() + ": " + step.note());
        }
        switch (step.sign()) {
            case BYTES -> addBytes(step.toServer(), step.entry().bytes());
            case FIN -> add(step.toServer(), TcpStream.FIN | TcpStream.ACK);
            case RST -> add(step.toServer(), TcpStream.RST | TcpStream.ACK);
            case NONE -> {}
        }
    }

    private void addBytes(boolean toServer, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += TcpStream.MOST_BYTES) {
            int length = Math.min(TcpStream.MOST_BYTES, bytes.length - from);
            boolean last = from + length == bytes.length;
            add(toServer, TcpStream.ACK | (last ? TcpStream.PSH : 0), bytes, from, length);
        }
    }

    private void add(boolean toServer, int flags) {
        add(toServer, flags, NOTHING, 0, 0);
    }

    private void add(boolean toServer, int flags, byte[] bytes, int from, int length) {
        byte[] packet = stream.packet(toServer, flags, bytes, from, length);
        packets.add(new Packet(nanos, toServer != talk.recordedAtServer(), packet, comments));
        comments = new ArrayList<>();
    }

    private void addToLast() {
        if (packets.isEmpty()) {
            add(!talk.recordedAtServer(), TcpStream.ACK);
        } else {
            packets.get(packets.size() - 1).comment(comments);
        }
    }
}
