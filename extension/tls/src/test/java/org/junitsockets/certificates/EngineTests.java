package org.junitsockets.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.Tls;
import org.junitsockets.TlsStall;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.tls.TlsEndpoint;

/** What engines agree on, or do not; seen at both ends. */
class EngineTests {

    private static Tls plain() {
        return Tls.builder().create();
    }

    private static TlsPair between(Tls client, Tls server) {
        return TlsPair.of(client, server, new FakePair(1000, 100_000));
    }

    private static TlsPair between(SSLEngine client, Tls server) {
        return new TlsPair(client, server.serverEngine(), TlsStall.NONE, new FakePair(1000, 100_000));
    }

    private static SSLSession session(TlsEndpoint end) {
        return end.session().orElseThrow().session();
    }

    // ---- hosts ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[::1]", "db.example", "192.0.2.7", "2001:db8::7"})
    void aClientVerifiesForWhomTheCertificateIs(String host) throws Exception {
        Tls tls = Tls.builder().names("db.example", "192.0.2.7", "2001:db8::7").create();
        TlsPair pair = between(tls.clientEngine(host, 1), tls).handshake();
        assertThat(session(pair.client).getPeerCertificates()).containsExactly(tls.certificate());
        assertThat(tls.chain()).containsExactly(tls.certificate());
    }

    @Test
    void aClientRefusesAnotherHostsCertificate() {
        Tls tls = plain();
        TlsPair pair = between(tls.clientEngine("db.example", 1), tls);
        assertThat(TlsPair.failure(pair.client, pair.server))
                .hasRootCauseMessage("No subject alternative DNS name matching db.example found.");
        assertThat(TlsPair.failure(pair.server, pair.client)).hasMessageContaining("certificate_unknown");
    }

    // ---- client authentication ----------------------------------------------------------------------------------

    private static SSLEngine anonymous(Tls tls) {
        SSLEngine engine = tls.anonymousClientContext().createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        return engine;
    }

    private static Tls asking(ClientAuthentication clientAuthentication, String protocol) {
        return Tls.builder()
                .clientAuthentication(clientAuthentication)
                .protocols(protocol)
                .create();
    }

    @ParameterizedTest
    @CsvSource({"WANTED, TLSv1.2", "WANTED, TLSv1.3", "REQUIRED, TLSv1.2", "REQUIRED, TLSv1.3"})
    void aClientThatIsAskedIdentifiesItself(ClientAuthentication how, String protocol) throws Exception {
        TlsPair pair = TlsPair.of(asking(how, protocol)).handshake();
        X509Certificate client = (X509Certificate) session(pair.server).getPeerCertificates()[0];
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=junit-sockets client");
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutCertificateMayStayAnonymousWhereOneIsWanted(String protocol) throws Exception {
        Tls tls = asking(ClientAuthentication.WANTED, protocol);
        TlsPair pair = between(anonymous(tls), tls).handshake();
        assertThatThrownBy(() -> session(pair.server).getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutCertificateIsRefusedWhereOneIsRequired(String protocol) {
        Tls tls = asking(ClientAuthentication.REQUIRED, protocol);
        TlsPair pair = between(anonymous(tls), tls);
        assertThat(TlsPair.failure(pair.server, pair.client)).hasMessageContaining("Empty client certificate chain");
        assertThat(TlsPair.failure(pair.client, pair.server))
                .hasMessageMatching(".*Received fatal alert: (bad_certificate|certificate_required)"); // JDK 17, 25
    }

    @Test
    void aClientThatIsNotAskedStaysAnonymous() throws Exception {
        TlsPair pair = TlsPair.of(plain()).handshake();
        assertThatThrownBy(() -> session(pair.server).getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void aServersCertificateIsNotOneOfAClient() throws Exception {
        Tls tls = asking(ClientAuthentication.REQUIRED, "TLSv1.3");
        SSLEngine impostor = tls.serverContext().createSSLEngine("localhost", 1);
        impostor.setUseClientMode(true);
        TlsPair pair = between(impostor, tls);
        assertThat(TlsPair.failure(pair.server, pair.client))
                .hasRootCauseMessage("Extended key usage does not permit use for TLS client authentication");
    }

    // ---- versions and cipher suites -------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theVersionIsTheOneThatWasAskedFor(String protocol) throws Exception {
        Tls tls = Tls.builder().protocols(protocol).create();
        assertThat(session(between(plain(), tls).handshake().client).getProtocol())
                .isEqualTo(protocol);
        assertThat(session(between(tls, plain()).handshake().server).getProtocol())
                .isEqualTo(protocol);
    }

    @Test
    void thereMustBeAVersionInCommon() {
        TlsPair pair = between(
                Tls.builder().protocols("TLSv1.2").create(),
                Tls.builder().protocols("TLSv1.3").create());
        assertThat(TlsPair.failure(pair.client, pair.server)).hasMessageContaining("protocol_version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"})
    void theCipherSuiteIsTheOneThatWasAskedFor(String suite) throws Exception {
        Tls tls = Tls.builder().cipherSuites(suite).create();
        assertThat(session(between(plain(), tls).handshake().client).getCipherSuite())
                .isEqualTo(suite);
        assertThat(session(between(tls, plain()).handshake().client).getCipherSuite())
                .isEqualTo(suite);
    }

    @Test
    void thereMustBeACipherSuiteInCommon() {
        TlsPair pair = between(
                Tls.builder().cipherSuites("TLS_AES_128_GCM_SHA256").create(),
                Tls.builder().cipherSuites("TLS_AES_256_GCM_SHA384").create());
        assertThat(TlsPair.failure(pair.client, pair.server)).hasMessageContaining("handshake_failure");
    }

    // ---- ALPN ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theServerChoosesWhatIsSpokenInside(String protocol) throws Exception {
        Tls server = Tls.builder()
                .protocols(protocol)
                .applicationProtocols("h2", "http/1.1")
                .create();
        Tls client = Tls.builder().applicationProtocols("http/1.1", "h2").create();
        TlsPair pair = between(client, server).handshake();
        assertThat(pair.client.session().orElseThrow().applicationProtocol()).contains("h2");
        assertThat(pair.server.session().orElseThrow().applicationProtocol()).contains("h2");
    }

    @Test
    void aClientThatSpeaksNothingOfThatIsRefused() {
        TlsPair pair = between(
                Tls.builder().applicationProtocols("smtp").create(),
                Tls.builder().applicationProtocols("h2").create());
        assertThat(TlsPair.failure(pair.client, pair.server)).hasMessageContaining("no_application_protocol");
    }

    @Test
    void aClientThatDoesNotSayIsNot() throws Exception {
        Tls server = Tls.builder().applicationProtocols("h2").create();
        TlsPair pair = between(plain(), server).handshake();
        assertThat(pair.server.session().orElseThrow().applicationProtocol()).isEmpty();
        assertThat(pair.client.session().orElseThrow().applicationProtocol()).isEmpty();
    }

    // ---- SNI ----------------------------------------------------------------------------------------------------

    private static Tls named() {
        return Tls.builder()
                .names("one.example", "two.example", "oneXexample", "sub.one.example")
                .serverNames("one.example", "two.example")
                .create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one.example", "two.example", "TWO.example"})
    void aClientMayAskForTheNames(String name) throws Exception {
        Tls tls = named();
        TlsPair pair = between(tls.clientEngine(name, 1), tls).handshake();
        assertThat(pair.server.session().orElseThrow().serverName()).contains(name);
        assertThat(pair.client.session().orElseThrow().serverName()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oneXexample", "sub.one.example", "localhost"})
    void aClientMayNotAskForAnotherName(String name) {
        Tls tls = named();
        TlsPair pair = between(tls.clientEngine(name, 1), tls);
        assertThat(TlsPair.failure(pair.server, pair.client))
                .hasMessageContaining("Unrecognized server name indication");
        assertThat(TlsPair.failure(pair.client, pair.server)).hasMessageContaining("unrecognized_name");
    }

    @Test
    void aClientThatKnowsAnAddressOnlyAsksForNoName() throws Exception {
        Tls tls = named();
        TlsPair pair = between(tls.clientEngine("127.0.0.1", 1), tls).handshake();
        assertThat(pair.server.session().orElseThrow().serverName()).isEmpty();
    }

    // ---- resumption -----------------------------------------------------------------------------------------------

    private static boolean resumed(Tls client, Tls server) throws IOException {
        TlsPair pair = between(client, server).handshake();
        for (int i = 0; i < 20; i++) { // reads the tickets of TLS 1.3
            assertThat(pair.client.read(ByteBuffer.allocate(1))).isEqualTo(ConnectionEndpoint.UNAVAILABLE);
            pair.server.flush();
        }
        boolean resumed = pair.client.session().orElseThrow().resumed();
        assertThat(pair.server.session().orElseThrow().resumed()).isEqualTo(resumed);
        return resumed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsResumed(String protocol) throws Exception {
        Tls tls = Tls.builder().protocols(protocol).create();
        assertThat(resumed(tls, tls)).isFalse();
        assertThat(resumed(tls, tls)).isTrue();
        Tls other = Tls.builder().protocols(protocol).create();
        assertThat(resumed(tls, other)).as("at another server").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noSessionIsResumedWhereThatIsOff(String protocol) throws Exception {
        Tls off = Tls.builder().protocols(protocol).sessionResumption(false).create();
        Tls on = Tls.builder().protocols(protocol).create();
        for (int i = 0; i < 3; i++) {
            assertThat(resumed(on, off)).as("by the server").isFalse();
            assertThat(resumed(off, on)).as("by the client").isFalse();
        }
        assertThat(resumed(on, on)).isFalse();
        assertThat(resumed(on, on)).isTrue();
    }

    // ---- contexts -------------------------------------------------------------------------------------------------

    @Test
    void contextsAreTheSameAtEachCall() {
        Tls tls = plain();
        assertThat(tls.serverContext()).isSameAs(tls.serverContext());
        assertThat(tls.clientContext()).isSameAs(tls.clientContext()).isNotSameAs(tls.serverContext());
        assertThat(tls.anonymousClientContext())
                .isSameAs(tls.anonymousClientContext())
                .isNotSameAs(tls.clientContext());
        assertThat(tls).hasToString("TLS of CN=localhost, VALID");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContextIsInitialisedOnceForAll(boolean resumption) throws Exception {
        SSLContext context =
                Tls.builder().sessionResumption(resumption).create().serverContext();
        assertThat(context.getProtocol()).isEqualTo("TLS");
        assertThat(context.getDefaultSSLParameters().getProtocols()).contains("TLSv1.3");
        if (!resumption) {
            assertThatThrownBy(() -> context.init(null, null, null)).hasMessage("it has keys and trust already");
        }
    }
}
