package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.IP_ADDRESS;
import static org.junitsockets.Capability.MESSAGES;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Point 8: messages keep their boundaries, and come from the peer only. */
final class Messages {

    private static final int SHORT = 4;

    private Messages() {}

    static void boundaries(Trial trial) throws Exception {
        trial.needs(MESSAGES);
        int longest = trial.subject().longestMessage();
        int[] sizes = {1, 2, Math.max(1, longest / 2), longest, 1};
        Ways.each(trial, (from, to) -> {
            for (int size : sizes) {
                from.write(Bytes.of(size, size));
            }
            for (int size : sizes) {
                expectMessage(trial, to, new byte[longest + 1], size, size);
            }
        });
    }

    static void truncation(Trial trial) throws Exception {
        trial.needs(MESSAGES);
        int size = Math.min(trial.subject().longestMessage(), 2 * SHORT);
        Ways.each(trial, (from, to) -> {
            from.write(Bytes.of(50, size));
            from.write(Bytes.of(90, SHORT));
            expectMessage(trial, to, new byte[SHORT], 50, SHORT);
            expectMessage(trial, to, new byte[SHORT], 90, SHORT);
        });
    }

    private static void expectMessage(Trial trial, End end, byte[] into, long offset, int expected) throws Exception {
        int count = Bytes.read(trial, end, into, "part of the messages");
        if (count != expected) {
            throw new AssertionError(
                    "message that came to " + end + ": found " + Bytes.count(count) + " (expected: " + expected + ")");
        }
        Bytes.check(end, offset, into, count);
    }

    static void filtering(Trial trial) throws Exception {
        trial.needs(MESSAGES);
        trial.needs(IP_ADDRESS);
        trial.skipUnless(!trial.has(CONNECTIONS), "only who is connected can send, as connections are promised");
        Ways.each(trial, (from, to) -> {
            InetSocketAddress address = (InetSocketAddress) to.localAddress();
            try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(address.getAddress(), 0))) {
                stranger.send(new DatagramPacket(new byte[] {'s'}, 1, address));
            }
            Bytes.pass(trial, from, to, (byte) 'c');
        });
    }
}
