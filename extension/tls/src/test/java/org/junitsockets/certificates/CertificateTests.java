package org.junitsockets.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;

/** What the JDK's own clients make of each certificate, and why. */
class CertificateTests {

    private static Tls tls(TlsCertificate certificate) {
        return Tls.builder().certificate(certificate).create();
    }

    private static String get(Tls trust, String host, int port) throws IOException {
        URL url = URI.create("https://" + host + ":" + port + "/").toURL();
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(trust.clientContext().getSocketFactory());
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        return new String(connection.getInputStream().readAllBytes(), US_ASCII);
    }

    private static String connect(Tls trust, String host, int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trust.clientContext().getSocketFactory().createSocket(host, port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void aValidOneIsAccepted(String host) throws Exception {
        Tls tls = tls(TlsCertificate.VALID);
        try (HttpsServer server = HttpsServer.at(host.startsWith("[") ? "::1" : "127.0.0.1", tls)) {
            assertThat(get(tls, host, server.port())).isEqualTo("hi");
            assertThat(connect(tls, host, server.port())).isEqualTo(HttpsServer.ANSWER);
        }
    }

    @Test
    void everyClientTrustsTheSameAuthority() throws Exception {
        Tls one = tls(TlsCertificate.VALID);
        Tls other = tls(TlsCertificate.VALID);
        assertThat(one.certificate()).isNotEqualTo(other.certificate());
        assertThat(one.authority()).isEqualTo(other.authority());
        try (HttpsServer server = HttpsServer.at("127.0.0.1", one)) {
            assertThat(get(other, "localhost", server.port())).isEqualTo("hi");
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(TlsCertificate certificate)
            throws Exception {
        return refusal(tls(certificate), tls(TlsCertificate.VALID));
    }

    /** Both clients say the same. */
    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(Tls tls, Tls trust) throws Exception {
        Throwable reason;
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            reason = root(assertThatThrownBy(() -> connect(trust, "localhost", server.port()))
                    .isInstanceOf(SSLHandshakeException.class));
        }
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            Throwable again = root(assertThatThrownBy(() -> get(trust, "localhost", server.port()))
                    .isInstanceOf(SSLHandshakeException.class));
            assertThat(again).hasSameClassAs(reason).hasMessage(reason.getMessage());
        }
        return assertThat(reason);
    }

    private static Throwable root(AbstractThrowableAssert<?, ? extends Throwable> thrown) {
        Throwable cause = thrown.actual();
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Test
    void oneWhoseTimeIsOverIsRefused() throws Exception {
        refusal(TlsCertificate.EXPIRED)
                .isInstanceOf(CertificateExpiredException.class)
                .hasMessageStartingWith("NotAfter: ");
    }

    @Test
    void oneWhoseTimeHasNotComeIsRefused() throws Exception {
        refusal(TlsCertificate.NOT_YET_VALID)
                .isInstanceOf(CertificateNotYetValidException.class)
                .hasMessageStartingWith("NotBefore: ");
    }

    @Test
    void oneOfAnotherNameIsRefused() throws Exception {
        refusal(TlsCertificate.WRONG_NAME)
                .isInstanceOf(CertificateException.class)
                .hasMessage("No subject alternative DNS name matching localhost found.");
    }

    @Test
    void oneOfAnotherAddressIsRefused() throws Exception {
        Tls tls = tls(TlsCertificate.WRONG_NAME);
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            assertThatThrownBy(() -> connect(tls, "127.0.0.1", server.port()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasRootCauseInstanceOf(CertificateException.class)
                    .hasRootCauseMessage("No subject alternative names matching IP address 127.0.0.1 found");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_CA", "SELF_SIGNED", "INCOMPLETE_CHAIN"})
    void oneWithoutAPathToTheAuthorityIsRefused(TlsCertificate certificate) throws Exception {
        refusal(certificate)
                .isInstanceOf(CertPathBuilderException.class)
                .hasMessage("unable to find valid certification path to requested target");
    }

    @Test
    void oneWithAShortKeyIsRefused() throws Exception {
        refusal(TlsCertificate.WEAK_KEY)
                .isInstanceOfSatisfying(
                        CertPathValidatorException.class,
                        refused -> assertThat(refused.getReason()).isEqualTo(BasicReason.ALGORITHM_CONSTRAINED))
                .hasMessageContaining("RSA 768");
    }

    @Test
    void oneThatIsRevokedIsRefused() throws Exception {
        refusal(TlsCertificate.REVOKED)
                .isInstanceOf(CertificateRevokedException.class)
                .hasMessageContaining("KEY_COMPROMISE");
    }

    @Test
    void aClientOfBeforeTheRevocationKnowsOfIt() throws Exception {
        Tls before = tls(TlsCertificate.VALID);
        try (HttpsServer server = HttpsServer.at("127.0.0.1", before)) {
            assertThat(get(before, "localhost", server.port())).isEqualTo("hi");
        }
        refusal(tls(TlsCertificate.REVOKED), before).isInstanceOf(CertificateRevokedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WRONG_NAME", "SELF_SIGNED", "UNKNOWN_CA"})
    void namesAreAddedToThoseOfTheLoopbackInterface(TlsCertificate certificate) throws Exception {
        Tls tls = Tls.builder()
                .certificate(certificate)
                .names("db.example", "192.0.2.7", "2001:db8::7", "bücher.example")
                .create();
        assertThat(tls.certificate().getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly(
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "db.example",
                        "192.0.2.7",
                        "2001:db8:0:0:0:0:0:7",
                        "xn--bcher-kva.example");
    }
}
