package org.junitsockets.testcontainers.endpoint;

import com.github.dockerjava.api.model.ExposedPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

/** A port in a container, and what it is reached over. */
record ContainerPort(int number, Transport transport) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp))?");

    ContainerPort {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("port = " + number + " (expected: 1 to 65535)");
        }
    }

    /**
     * Reads one as the engine writes it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ContainerPort parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(1));
            if (number >= 1 && number <= 65_535) {
                return new ContainerPort(number, "udp".equals(matcher.group(2)) ? Transport.UDP : Transport.TCP);
            }
        }
        throw new IllegalArgumentException("ports = \"" + text + "\" (expected: one such as 8222, 8222/tcp or 53/udp)");
    }

    boolean isDatagram() {
        return transport.has(Capability.MESSAGES);
    }

    boolean isIpv6() {
        return transport.family().equals("AF_INET6");
    }

    ExposedPort exposed() {
        return isDatagram() ? ExposedPort.udp(number) : ExposedPort.tcp(number);
    }
}
