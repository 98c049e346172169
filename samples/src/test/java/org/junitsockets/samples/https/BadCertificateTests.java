package org.junitsockets.samples.https;

import static org.junitsockets.Location.IN_PROCESS;
import static org.junitsockets.TlsCertificate.EXPIRED;
import static org.junitsockets.TlsCertificate.INCOMPLETE_CHAIN;
import static org.junitsockets.TlsCertificate.NOT_YET_VALID;
import static org.junitsockets.TlsCertificate.REVOKED;
import static org.junitsockets.TlsCertificate.SELF_SIGNED;
import static org.junitsockets.TlsCertificate.UNKNOWN_CA;
import static org.junitsockets.TlsCertificate.WEAK_KEY;
import static org.junitsockets.TlsCertificate.WRONG_NAME;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;
import static org.junitsockets.samples.https.HttpsClients.byAddress;
import static org.junitsockets.samples.https.HttpsClients.byName;
import static org.junitsockets.samples.https.HttpsClients.contextOf;
import static org.junitsockets.samples.https.HttpsClients.get;
import static org.junitsockets.samples.https.HttpsClients.trusting;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.jupiter.WithTls;

/**
 * A server that is not who it says it is, or cannot prove it: each is refused for the reason that
 * belongs to it, and gets no request.
 *
 * <p>Hand-written peers have one good certificate, checked in years ago, and a client that takes any
 * passes against it. On the day on which it expires, tests fail, and they are not those that should.
 */
class BadCertificateTests {

    private static final String NO_PATH = "unable to find valid certification path to requested target";

    @Test
    void itsTimeIsOver(
            @WithSocketServer @WithTls(certificate = EXPIRED) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertificateExpiredException.class)
                .hasMessageStartingWith("NotAfter: ");
    }

    @Test
    void itsTimeHasNotCome(
            @WithSocketServer @WithTls(certificate = NOT_YET_VALID) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertificateNotYetValidException.class)
                .hasMessageStartingWith("NotBefore: ");
    }

    /** Valid, and somebody else's: as good as none. */
    @Test
    void itIsForAnotherName(
            @WithSocketServer(location = IN_PROCESS) @WithTls(certificate = WRONG_NAME) SocketServer server,
            @Endpoint SSLContext trust) {
        assertRefused(server, byName(server), trust)
                .isExactlyInstanceOf(CertificateException.class)
                .hasMessage("No subject alternative DNS name matching localhost found.");
    }

    /** An address has to be in the certificate as one: names do not count for it. */
    @Test
    void itIsForAnotherAddress(
            @WithSocketServer @WithTls(certificate = WRONG_NAME) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isExactlyInstanceOf(CertificateException.class)
                .hasMessage("No subject alternative names matching IP address " + server.host() + " found");
    }

    @Test
    void nobodyKnowsItsAuthority(
            @WithSocketServer @WithTls(certificate = UNKNOWN_CA) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertPathBuilderException.class)
                .hasMessage(NO_PATH);
    }

    @Test
    void itSpeaksForItself(
            @WithSocketServer @WithTls(certificate = SELF_SIGNED) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertPathBuilderException.class)
                .hasMessage(NO_PATH);
    }

    /** 768 bits of RSA were factored in 2009. */
    @Test
    void itsKeyIsTooShort(
            @WithSocketServer @WithTls(certificate = WEAK_KEY) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertPathValidatorException.class)
                .hasMessageStartingWith("Algorithm constraints check failed on keysize limits: RSA 768 bit key");
    }

    /** Browsers fetch or remember what is missing, so this one is found late. The JDK does not. */
    @Test
    void theMiddleOfItsChainIsMissing(
            @WithSocketServer @WithTls(certificate = INCOMPLETE_CHAIN) SocketServer server,
            @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertPathBuilderException.class)
                .hasMessage(NO_PATH);
    }

    @Test
    void itIsRevoked(
            @WithSocketServer @WithTls(certificate = REVOKED) SocketServer server, @Endpoint SSLContext trust) {
        assertRefused(server, byAddress(server), trust)
                .isInstanceOf(CertificateRevokedException.class)
                .hasMessageContaining("KEY_COMPROMISE");
    }

    /** What the client found wrong; it asked once, and the server's side has seen it hang up. */
    private static AbstractThrowableAssert<?, ?> assertRefused(SocketServer server, URI uri, SSLContext trust) {
        server.onConnection(HttpsPeer::expectHangUp);
        AbstractThrowableAssert<?, ?> thrown =
                assertThatThrownBy(() -> get(trusting(trust), uri)).isInstanceOf(SSLHandshakeException.class);
        assertThat(server).receivedConnections(1);
        return thrown.rootCause();
    }

    // -- other clients -----------------------------------------------------------------------------

    /**
     * The JDK's older client sends the alert that belongs to it (RFC 8446, section 6.2), and the server
     * can write into its log why nobody comes: which one it is, newer JDKs say more exactly.
     */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VALID")
    void theOlderClientSaysWhy(TlsCertificate certificate) throws Exception {
        Tls tls = Tls.builder().certificate(certificate).create();
        try (SocketServer server =
                SocketServer.builder().tls(tls).location(IN_PROCESS).start()) { // so that its name is right
            server.onConnection(HttpsPeer.expectFailure("Received fatal alert: (certificate_(unknown|expired|revoked)"
                    + "|bad_certificate|unsupported_certificate)$"));

            HttpsURLConnection client =
                    (HttpsURLConnection) byAddress(server).toURL().openConnection();
            client.setSSLSocketFactory(tls.clientContext().getSocketFactory());
            client.setConnectTimeout(5000);
            client.setReadTimeout(5000);
            assertThatThrownBy(client::getResponseCode).isInstanceOf(SSLHandshakeException.class);
        }
    }

    /** The faults are there: this one notices none, and tells the impostor what it came to ask for. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "VALID")
    void theNaiveOneTakesEveryOne(TlsCertificate certificate) throws Exception {
        Tls tls = Tls.builder().certificate(certificate).create();
        try (SocketServer impostor = SocketServer.builder().tls(tls).start()) {
            impostor.onConnection(HttpsPeer::welcome);

            assertThat(get(TrustAllClient.create(), byAddress(impostor)).body()).isEqualTo("welcome");
            assertThat(impostor.connection(1)).receivedStartingWith("GET /secret ");
        }
    }

    /**
     * One that has its authority from a file does not look at revocation lists, as the JDK does not by
     * default. (The context that is injected does; {@code PKIXRevocationChecker} is what it takes.)
     */
    @Test
    void theUsualOneTakesWhatIsRevoked(
            @WithSocketServer @WithTls(certificate = REVOKED) SocketServer server, @Endpoint Path authority)
            throws Exception {
        server.onConnection(HttpsPeer::welcome);

        assertThat(get(trusting(contextOf(authority)), byAddress(server)).body())
                .isEqualTo("welcome");
    }
}
