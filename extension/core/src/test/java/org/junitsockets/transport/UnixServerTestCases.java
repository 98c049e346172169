package org.junitsockets.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.junitsockets.Transport;
import org.junitsockets.spi.EndpointOptions;
import org.junitsockets.spi.ListeningEndpoint;

/** A JVM of its own that opens a server, prints its path, and ends without a close as a line of input says. */
final class UnixServerTestCases {

    private UnixServerTestCases() {}

    public static void main(String[] args) throws Exception {
        ListeningEndpoint server = new UnixStreams().listen(Transport.UNIX, new EndpointOptions(5, 0, 0));
        System.out.println(server.localAddress());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        if ("exit".equals(input.readLine())) {
            System.exit(7);
        }
        throw new IllegalStateException("as a test that fails");
    }
}
