package org.junitsockets.samples.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junitsockets.SocketServer;

/** The client under test, as a program builds it; whom it trusts is what the tests give it. */
final class HttpsClients {

    private HttpsClients() {}

    static HttpClient trusting(SSLContext context) {
        return builder(context).build();
    }

    static HttpClient.Builder builder(SSLContext context) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context);
    }

    /** What most programs do with the file of their company's authority. */
    static SSLContext contextOf(Path authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    static URI byAddress(SocketServer server) {
        return server.uri("https").resolve("/secret");
    }

    /** For a server on this machine, which is the one that has this name. */
    static URI byName(SocketServer server) {
        return URI.create("https://localhost:" + server.port() + "/secret"); // the JDK goes to 127.0.0.1 first
    }

    static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
