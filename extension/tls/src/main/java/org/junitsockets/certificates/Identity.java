package org.junitsockets.certificates;

import static org.junitsockets.certificates.Certificates.DAY;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.junitsockets.certificates.Certificates.Validity;
import org.junitsockets.spi.TlsOptions;

/**
 * Who one is, and how one proves it.
 *
 * @param key of the first certificate
 * @param chain what is sent: the certificate, then each one's issuer; without the one that is trusted
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    /** Reserved, so that nobody is it (RFC 2606, RFC 5737). */
    private static final List<String> SOMEBODY_ELSE = List.of("somebody-else.invalid", "192.0.2.1");

    /** Refused by everybody, and long enough for the signatures of TLS 1.3. */
    private static final int WEAK_BITS = 768;

    static Identity of(TlsOptions options) {
        List<String> names = new ArrayList<>(LOOPBACK);
        names.addAll(options.names());
        Authority trusted = Authority.trusted();
        Instant now = Instant.now();
        Validity valid = Certificates.around();
        KeyPair key = Certificates.ecKey();
        return switch (options.certificate()) {
            case VALID -> server(trusted, key, valid, names);
            case EXPIRED -> server(trusted, key, new Validity(now.minus(DAY.multipliedBy(2)), now.minus(DAY)), names);
            case NOT_YET_VALID -> server(trusted, key, new Validity(now.plus(DAY), valid.to()), names);
            case WRONG_NAME -> server(trusted, key, valid, SOMEBODY_ELSE);
            case UNKNOWN_CA -> server(Authority.unknown(), key, valid, names);
            case SELF_SIGNED -> selfSigned(key, valid, names);
            case WEAK_KEY -> server(trusted, Certificates.rsaKey(WEAK_BITS), valid, names);
            case INCOMPLETE_CHAIN -> server(trusted.intermediate(), key, valid, names);
            case REVOKED -> {
                Identity revoked = server(trusted, key, valid, names);
                trusted.revoke(revoked.certificate());
                yield revoked;
            }
        };
    }

    /** The client's: the same for all, as nothing is to be wrong with it. */
    static Identity client() {
        return Client.IDENTITY;
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    private static Identity server(Authority issuer, KeyPair key, Validity validity, List<String> names) {
        return new Identity(
                key.getPrivate(),
                List.of(Certificates.server(
                        subject(names), key.getPublic(), issuer.name(), issuer.key(), validity, names)));
    }

    private static Identity selfSigned(KeyPair key, Validity validity, List<String> names) {
        X500Name self = subject(names);
        return new Identity(
                key.getPrivate(), List.of(Certificates.server(self, key.getPublic(), self, key, validity, names)));
    }

    private static X500Name subject(List<String> names) {
        return new X500Name("CN=" + names.get(0));
    }

    /** Made when the first server asks for it. */
    private static final class Client {
        static final Identity IDENTITY = make();

        private static Identity make() {
            Authority trusted = Authority.trusted();
            KeyPair key = Certificates.ecKey();
            X500Name subject = new X500Name("CN=junit-sockets client");
            return new Identity(
                    key.getPrivate(),
                    List.of(Certificates.client(subject, key.getPublic(), trusted.name(), trusted.key())));
        }
    }
}
