package org.junitsockets.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.certificates.Judge.Verdict;

/** What {@code openssl s_client} makes of each certificate. */
@Isolated("a process that is being started shares the sockets of this one for a moment: a close is not felt then")
class OpensslTests {

    private static Verdict connect(Tls tls, HttpsServer server, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Judge.program("openssl").toString(),
                "s_client",
                "-connect",
                "127.0.0.1:" + server.port(),
                "-CAfile",
                tls.authorityPem().toString(),
                "-CRL",
                tls.revocationListPem().toString(),
                "-crl_check",
                "-verify_return_error",
                "-verify_hostname",
                "localhost"));
        command.addAll(List.of(more));
        return Judge.run(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aValidOneIsAccepted(String version) throws Exception {
        Tls tls = Tls.builder().create();
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            Verdict verdict = connect(tls, server, version, "-verify_ip", "127.0.0.1", "-x509_strict");
            assertThat(verdict.output()).contains("Verify return code: 0 (ok)");
            assertThat(verdict.exit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate has expired",
        "NOT_YET_VALID, certificate is not yet valid",
        "WRONG_NAME, hostname mismatch",
        "UNKNOWN_CA, unable to get local issuer certificate",
        "SELF_SIGNED, self-signed certificate",
        "WEAK_KEY, EE certificate key too weak",
        "INCOMPLETE_CHAIN, unable to get local issuer certificate",
        "REVOKED, certificate revoked"
    })
    void aBadOneIsRefused(TlsCertificate certificate, String reason) throws Exception {
        Tls tls = Tls.builder().certificate(certificate).create();
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            Verdict verdict = connect(tls, server);
            assertThat(verdict.output()).containsPattern("verify error:num=\\d+:" + reason + "\n");
            assertThat(verdict.exit()).isNotZero();
        }
    }

    @Test
    void aClientIdentifiesItselfByItsPemFile() throws Exception {
        Tls tls = Tls.builder().create();
        try (HttpsServer server = HttpsServer.with(tls.serverContext(), listener -> listener.setNeedClientAuth(true))) {
            String pem = tls.clientPem().toString();
            Verdict verdict = connect(tls, server, "-tls1_2", "-cert", pem, "-key", pem);
            assertThat(verdict.exit()).as(verdict.output()).isZero();
            assertThat(server.first.get()).isEqualTo("TLSv1.2");
        }
    }

    /** The second connection of {@code -reconnect} and those after it say whether it was resumed. */
    @ParameterizedTest
    @CsvSource({"true, -no_ticket", "true, -no_comp", "false, -no_ticket", "false, -no_comp"})
    void sessionsAreResumedOrNot(boolean resumption, String option) throws Exception {
        Tls tls = Tls.builder().sessionResumption(resumption).create();
        try (HttpsServer server = HttpsServer.at("127.0.0.1", tls)) {
            Verdict verdict = connect(tls, server, "-tls1_2", "-reconnect", option);
            assertThat(verdict.output()).contains("New, TLSv1.2");
            if (resumption) {
                assertThat(verdict.output()).contains("Reused, TLSv1.2");
            } else {
                assertThat(verdict.output()).doesNotContain("Reused");
            }
        }
    }
}
