package org.junitsockets.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.certificates.Judge.Verdict;

/** What {@code curl} makes of each certificate. */
@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class CurlTests {

    private static Verdict get(Tls tls, HttpsServer server, String host) throws Exception {
        return Judge.run(List.of(
                Judge.program("curl").toString(),
                "--silent",
                "--show-error",
                "--noproxy",
                "*",
                "--max-time",
                "20",
                "--cacert",
                tls.authorityPem().toString(),
                "--crlfile",
                tls.revocationListPem().toString(),
                "--ipv4",
                "https://" + host + ":" + server.port() + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aValidOneIsAccepted(String host) throws Exception {
        Tls tls = Tls.builder().create();
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            assertThat(get(tls, server, host)).isEqualTo(new Verdict(0, "hi"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate has expired",
        "NOT_YET_VALID, certificate is not yet valid",
        "WRONG_NAME, no alternative certificate subject name matches target host name 'localhost'",
        "UNKNOWN_CA, unable to get local issuer certificate",
        "SELF_SIGNED, self-signed certificate",
        "WEAK_KEY, EE certificate key too weak",
        "INCOMPLETE_CHAIN, unable to get local issuer certificate",
        "REVOKED, certificate revoked"
    })
    void aBadOneIsRefused(TlsCertificate certificate, String reason) throws Exception {
        Tls tls = Tls.builder().certificate(certificate).create();
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            Verdict verdict = get(tls, server, "localhost");
            assertThat(verdict.exit()).isEqualTo(60);
            assertThat(verdict.output()).contains(reason);
        }
    }
}
