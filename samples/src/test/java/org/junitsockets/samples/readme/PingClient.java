package org.junitsockets.samples.readme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The client that README's examples test: it sends PING, wants PONG, and tries once more after a reset. */
record PingClient(InetSocketAddress address) {

    record Timeouts(int connectMillis, int readMillis) {}

    private static final Timeouts PATIENT = new Timeouts(5000, 5000);

    boolean ping() {
        try {
            return pingOnceMore();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean pingOnceMore() throws IOException {
        try {
            return ping(address, PATIENT);
        } catch (SocketException e) {
            return ping(address, PATIENT);
        }
    }

    static boolean ping(InetSocketAddress address, Timeouts timeouts) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, timeouts.connectMillis());
            socket.setSoTimeout(timeouts.readMillis());
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return "PONG".equals(reader.readLine());
        }
    }

    /** The same question over HTTPS; returns the status. */
    static int https(URI uri, SSLContext trusting) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/ping"))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
