package org.junitsockets.testcontainers.endpoint;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What runs in the containers of these tests, by nothing but the JDK. It answers lines, over TCP and UDP at
 * port 7000; at 7001 it says its id, too.
 */
public final class Program {

    /** Of this run of it. */
    private static final String ID = UUID.randomUUID().toString();

    private Program() {}

    /** Its first argument says what it does, the last one is a mark by which its container is known. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("started as " + arguments[0]);
        switch (arguments[0]) {
            case "serve" -> serve(new ServerSocket(7000));
            case "greet" -> greet();
            case "tls" -> serve(tls());
            case "idle" -> Thread.currentThread().join();
            default -> {
                System.err.println("cannot work like this");
                System.exit(3);
            }
        }
    }

    private static void serve(ServerSocket server) throws IOException {
        thread(() -> datagrams(new DatagramSocket(7000)));
        thread(() -> {
            ServerSocket second = new ServerSocket(7001);
            while (true) {
                try (Socket client = second.accept()) {
                    client.getOutputStream().write((ID + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        });
        while (true) {
            Socket client = server.accept();
            thread(() -> answer(client));
        }
    }

    private static void datagrams(DatagramSocket socket) throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
            socket.receive(packet);
            if (packet.getLength() > 0) {
                socket.send(packet);
            }
        }
    }

    private static void answer(Socket client) throws IOException {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = client.getOutputStream();
            String line;
            while ((line = in.readLine()) != null) {
                String[] words = line.split(" ", 2);
                System.out.println("asked for " + words[0]);
                if (words[0].equals("RST")) {
                    client.setSoLinger(true, 0);
                    return;
                }
                out.write((answer(words[0], words.length < 2 ? "" : words[1]) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static String answer(String command, String argument) throws IOException {
        return switch (command) {
            case "ID" -> ID;
            case "ENV" -> String.valueOf(System.getenv(argument));
            case "FILE" -> Files.readString(Path.of(argument)).strip();
            case "UID" -> Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
            case "RESOLVE" -> InetAddress.getByName(argument).isSiteLocalAddress() ? "found" : "elsewhere";
            default -> argument;
        };
    }

    /** Says that it is not ready on the first two connections. */
    private static void greet() throws IOException {
        try (ServerSocket server = new ServerSocket(7000)) {
            for (int number = 1; ; number++) {
                try (Socket client = server.accept()) {
                    client.getOutputStream()
                            .write((number < 3 ? "421 not yet\r\n" : "220 at your service\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    private static ServerSocket tls() throws Exception {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(Path.of("/tls/certificate.pem"))))
                .toArray(Certificate[]::new);
        String pem = Files.readString(Path.of("/tls/key.pem")).replaceAll("-----[A-Z ]+-----", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
                new char[0],
                chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(7000);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                System.err.println("ended by " + e);
            }
        });
        thread.start();
    }
}
