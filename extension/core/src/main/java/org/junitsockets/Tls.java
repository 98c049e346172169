package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apiguardian.api.API;
import org.junitsockets.spi.TlsOptions;
import org.junitsockets.tls.TlsBuilder;

/**
 * A server's identity for TLS, and the trust of a client that matches it: a certificate made for the
 * test, or a deliberately bad one.
 *
 * <pre>{@code
 * Tls tls = Tls.builder().certificate(TlsCertificate.EXPIRED).create();
 * server.onConnection(peer -> {
 *     peer.expectLine("STARTTLS");
 *     peer.write("220\r\n");
 *     peer.startTls(tls);
 * });
 * }</pre>
 *
 * <p>All are issued by one certificate authority per JVM, but for those that are to be unknown. Keys are
 * made when they are needed (EC P-256) and stay in memory. It takes the artifact {@code
 * junit-sockets-tls}.
 *
 * <p>All methods may be called from any thread.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Tls {

    /**
     * Returns what is needed to make one.
     *
     * @return a new builder
     */
    static Builder builder() {
        return new TlsBuilder();
    }

    /**
     * Returns what it was made of.
     *
     * @return the options
     */
    TlsOptions options();

    /**
     * Returns the context of a server that identifies itself by {@link #chain()}, and that trusts the
     * authority where it asks clients for a certificate.
     *
     * <p>A context does not carry all of what was asked for: what its sockets have to be told besides is
     * in {@link #serverEngine()}.
     *
     * @return the same at each call
     */
    SSLContext serverContext();

    /**
     * Returns the context of a client that trusts the authority and looks at its revocation list; where
     * the server asks for a certificate, it has a valid one.
     *
     * @return the same at each call
     */
    SSLContext clientContext();

    /**
     * Returns the context of a client that trusts the same, and has no certificate of its own.
     *
     * @return the same at each call
     */
    SSLContext anonymousClientContext();

    /**
     * Makes a server's engine with all that was asked for: versions, cipher suites, ALPN, SNI, client
     * authentication.
     *
     * @return a new engine
     */
    SSLEngine serverEngine();

    /**
     * Makes a client's engine that offers the same, asks for the server by its name (SNI) where it has
     * one, and verifies that the server's certificate is for the name or address.
     *
     * @param host the DNS name or IP address of the server, also a name without a dot, such as {@code
     *     localhost}
     * @param port of the server; with the host it is the key for a session to resume
     * @return a new engine
     */
    SSLEngine clientEngine(String host, int port);

    /**
     * Returns the server's certificate.
     *
     * @return the first of the {@link #chain()}
     */
    X509Certificate certificate();

    /**
     * Returns what the server sends.
     *
     * @return its certificate, and those of intermediate authorities
     */
    List<X509Certificate> chain();

    /**
     * Returns the certificate of the authority that clients trust.
     *
     * @return the same for all of this JVM
     */
    X509Certificate authority();

    /**
     * Writes the certificate of the authority to a file in PEM (RFC 7468), for a client that wants one.
     * Without a call there is none.
     *
     * @return the file, in a directory that only its owner may enter; removed at the end of the JVM
     */
    Path authorityPem();

    /**
     * Writes the authority's certificate revocation list to a file in PEM, likewise. It has all that was
     * revoked until then; what was later is in the file that a later call returns.
     *
     * @return the file
     */
    Path revocationListPem();

    /**
     * Writes the certificate and the private key of a client, issued by the authority, to one file in
     * PEM, likewise: for a client that authenticates itself and is not of the JDK.
     *
     * @return the file
     */
    Path clientPem();

    /**
     * Returns the {@link #chain()} in PEM (RFC 7468), for a server that is not of the JDK.
     *
     * @return the text of all certificates, that of the server first
     */
    String chainPem();

    /**
     * Returns the private key of the {@link #certificate()} in PEM, for a server that is not of the JDK. It is
     * not written anywhere by this.
     *
     * @return the text, PKCS #8 that is not encrypted
     */
    String keyPem();

    /**
     * What a server's TLS is to be like.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    interface Builder {

        /**
         * Sets what is right or wrong with the certificate.
         *
         * @param certificate valid by default
         * @return this builder
         */
        Builder certificate(TlsCertificate certificate);

        /**
         * Sets for whom the certificate is issued, besides {@code localhost}, {@code 127.0.0.1} and {@code
         * ::1}: its subject alternative names.
         *
         * @param names DNS names, also international ones and those that begin with {@code *.}, and IP
         *     addresses; none by default
         * @return this builder
         */
        Builder names(String... names);

        /**
         * Sets whether clients are asked for a certificate.
         *
         * @param clientAuthentication not by default
         * @return this builder
         */
        Builder clientAuthentication(ClientAuthentication clientAuthentication);

        /**
         * Sets the versions of the protocol.
         *
         * @param protocols by the JDK's names, such as {@code TLSv1.3}; the JDK's defaults by default
         * @return this builder
         */
        Builder protocols(String... protocols);

        /**
         * Sets the cipher suites.
         *
         * @param cipherSuites by their standard names, such as {@code TLS_AES_128_GCM_SHA256}; the JDK's
         *     defaults by default
         * @return this builder
         */
        Builder cipherSuites(String... cipherSuites);

        /**
         * Sets what the server speaks inside, by preference (ALPN, RFC 7301). A client that offers nothing
         * of that is refused; one that offers nothing at all is not.
         *
         * @param protocols such as {@code h2}; none by default
         * @return this builder
         */
        Builder applicationProtocols(String... protocols);

        /**
         * Sets which names clients may ask for (SNI, RFC 6066); a client that asks for another one is
         * refused, one that asks for none is not.
         *
         * @param names DNS names; any by default
         * @return this builder
         */
        Builder serverNames(String... names);

        /**
         * Sets whether a client may resume a session. If not, neither the contexts nor the engines keep
         * any, and no ticket is good for a second connection.
         *
         * @param resumption it may by default
         * @return this builder
         */
        Builder sessionResumption(boolean resumption);

        /**
         * Sets where the server falls silent.
         *
         * @param stall nowhere by default
         * @return this builder
         */
        Builder stall(TlsStall stall);

        /**
         * Makes the certificates.
         *
         * @return the identity
         * @throws IllegalArgumentException if this JDK does not know one of the versions or cipher suites,
         *     or a name is none; it says which, and what is possible
         * @throws UnsupportedTransportException if there is nothing on the class path that makes
         *     certificates
         */
        Tls create();
    }
}
