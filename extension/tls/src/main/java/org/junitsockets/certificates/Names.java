package org.junitsockets.certificates;

import java.net.IDN;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import org.junitsockets.spi.TlsOptions;

/** What a user names: hosts, versions of the protocol, cipher suites. */
final class Names {

    private Names() {}

    /** Throws an {@link IllegalArgumentException} that says what was found and what this JDK knows. */
    static void require(TlsOptions options) {
        SSLParameters known;
        try {
            known = SSLContext.getDefault().getSupportedSSLParameters();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no default TLS context", e);
        }
        requireKnown("protocols", options.protocols(), known.getProtocols());
        requireKnown("cipherSuites", options.cipherSuites(), known.getCipherSuites());
        options.names().forEach(name -> {
            if (!isAddress(name)) {
                ascii("names", name, "DNS names and IP addresses");
            }
        });
        options.serverNames().forEach(name -> {
            if (isAddress(name)) {
                throw refused("serverNames", name, "DNS names; there is no SNI for an IP address");
            }
            ascii("serverNames", name, "DNS names");
        });
        options.applicationProtocols().forEach(name -> {
            if (name.isEmpty() || name.length() > 255) {
                throw refused("applicationProtocols", name, "names of 1 to 255 bytes, such as h2");
            }
        });
    }

    private static void requireKnown(String option, List<String> names, String[] known) {
        for (String name : names) {
            if (!Arrays.asList(known).contains(name)) {
                throw refused(
                        option, name, "of what this JDK has: " + String.join(", ", new TreeSet<>(List.of(known))));
            }
        }
    }

    private static IllegalArgumentException refused(String option, String found, String expected) {
        return new IllegalArgumentException(option + ": found '" + found + "' (expected: " + expected + ")");
    }

    static boolean isAddress(String name) {
        return IPAddress.isValid(name);
    }

    static GeneralName alternative(String name) {
        return isAddress(name)
                ? new GeneralName(GeneralName.iPAddress, name)
                : new GeneralName(GeneralName.dNSName, ascii(name));
    }

    static String ascii(String name) {
        return IDN.toASCII(name);
    }

    private static void ascii(String option, String name, String expected) {
        String ascii;
        try {
            ascii = ascii(name);
        } catch (IllegalArgumentException e) {
            IllegalArgumentException refused = refused(option, name, expected);
            refused.initCause(e);
            throw refused;
        }
        if (!ascii.matches("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?")) {
            throw refused(option, name, expected);
        }
    }
}
