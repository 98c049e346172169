package org.junitsockets.testcontainers.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Tls;

/**
 * Whether a program in a container can be talked to, as a client sees it: nothing is run in the image.
 *
 * @param port in the container
 * @param proxied whether something in between may accept what nobody listens for
 * @param greeting what is read first, {@code null} if a connection is enough
 * @param tls what the greeting is under, if anything
 */
record FirstContact(
        ContainerPort port,
        boolean proxied,
        @Nullable Pattern greeting,
        @Nullable Tls tls) {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int GREETING_MILLIS = 2_000;

    /** How soon a proxy ends a connection, or a system answers a datagram, that nobody is there for. */
    private static final int REFUSAL_MILLIS = 250;

    /**
     * Linux tells one host no more than once a second that a port is unreachable, after the first few
     * (icmp_ratelimit in icmp(7)); asked more often, its silence would say nothing.
     */
    private static final int DATAGRAM_PAUSE_MILLIS = 1_100;

    private static final int PAUSE_MILLIS = 25;
    private static final int LONGEST_GREETING = 4_096;

    /**
     * Tries it once.
     *
     * @return what is missing; empty where it can be talked to
     */
    String missing(InetSocketAddress address) {
        try {
            return port.isDatagram() ? missingDatagram(address) : missingStream(address);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** How long to wait before the next try. */
    int pauseMillis() {
        return port.isDatagram() ? DATAGRAM_PAUSE_MILLIS : PAUSE_MILLIS;
    }

    private String missingStream(InetSocketAddress address) throws IOException {
        try (Socket raw = new Socket()) {
            raw.connect(address, CONNECT_MILLIS);
            raw.setSoTimeout(greeting == null ? REFUSAL_MILLIS : GREETING_MILLIS);
            if (greeting == null) {
                return proxied && endsAtOnce(raw) ? "connected to a proxy, which ended the connection at once" : "";
            }
            if (tls == null) {
                return missingGreeting(raw.getInputStream(), greeting);
            }
            try (Socket secured = tls.anonymousClientContext()
                    .getSocketFactory()
                    .createSocket(raw, address.getAddress().getHostAddress(), address.getPort(), true)) {
                return missingGreeting(secured.getInputStream(), greeting);
            }
        }
    }

    private static boolean endsAtOnce(Socket raw) throws IOException {
        try {
            return raw.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false; // somebody waits for us to speak
        }
    }

    private static String missingGreeting(InputStream in, Pattern greeting) throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            while (read.length() < LONGEST_GREETING) {
                int next = in.read();
                if (next < 0) {
                    return "read " + quote(read) + " and then the end";
                }
                read.append(new String(new byte[] {(byte) next}, ISO_8859_1));
                Matcher matcher = greeting.matcher(read);
                if (matcher.lookingAt()) {
                    return "";
                }
            }
        } catch (SocketTimeoutException e) {
            // more may come on another connection, when the program is ready
        }
        return "read " + quote(read);
    }

    private static String quote(StringBuilder read) {
        StringBuilder text = new StringBuilder("\"");
        read.chars().limit(200).forEach(c -> text.append(c < ' ' || c > '~' ? String.format("\\x%02x", c) : (char) c));
        return text.append('"').toString();
    }

    /** An empty datagram, to which no protocol owes an answer, comes back as ICMP's where nobody is. */
    private String missingDatagram(InetSocketAddress address) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.connect(address);
            probe.setSoTimeout(REFUSAL_MILLIS);
            probe.send(new DatagramPacket(new byte[0], 0));
            probe.receive(new DatagramPacket(new byte[1], 1));
            return "";
        } catch (PortUnreachableException e) {
            return "the port is unreachable";
        } catch (SocketTimeoutException e) {
            return ""; // nobody says that it is not there
        }
    }
}
