package org.junitsockets.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the authority, by its revocation list as it is at the moment of the handshake. */
final class Trust {

    private Trust() {}

    /** The same for all, as it keeps nothing of a connection. */
    static TrustManager[] managers() {
        return Managers.MANAGERS.clone();
    }

    private static final class Managers {
        static final TrustManager[] MANAGERS = make();

        private static TrustManager[] make() {
            Authority trusted = Authority.trusted();
            try {
                PKIXBuilderParameters parameters =
                        new PKIXBuilderParameters(Set.of(new TrustAnchor(trusted.certificate(), null)), null);
                PKIXRevocationChecker checker = (PKIXRevocationChecker)
                        CertPathBuilder.getInstance("PKIX").getRevocationChecker();
                checker.setOptions(
                        Set.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
                parameters.addCertPathChecker(checker);
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(new Live(trusted))));
                TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
                factory.init(new CertPathTrustManagerParameters(parameters));
                return factory.getTrustManagers();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot validate certification paths (PKIX)", e);
            }
        }
    }

    /** A list that is signed only when somebody looks at it, and again when it is no longer up to date. */
    private static final class Live extends AbstractCollection<CRL> {

        private final Authority authority;

        Live(Authority authority) {
            this.authority = authority;
        }

        @Override
        public Iterator<CRL> iterator() {
            return List.<CRL>of(authority.revocationList()).iterator();
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
