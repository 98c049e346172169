package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;

/**
 * Puts TLS on the servers that are declared beside it, with a certificate that is made for the test:
 * good, or deliberately bad.
 *
 * <pre>{@code
 * @Test
 * void refusesExpired(@WithSocketServer @WithTls(certificate = EXPIRED) SocketServer server) {
 *     assertThatThrownBy(() -> https(server.uri("https"))).isInstanceOf(SSLHandshakeException.class);
 * }
 * }</pre>
 *
 * <p>It goes over whichever transport the server has, if that carries a stream of bytes. The transport
 * {@code TLS} has TLS without this annotation too, as if it stood there with its defaults.
 *
 * @see org.junitsockets.Tls
 * @since 0.1
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface WithTls {

    /**
     * What is right or wrong with the server's certificate.
     *
     * @return valid by default
     */
    TlsCertificate certificate() default TlsCertificate.VALID;

    /**
     * For whom the certificate is issued, besides {@code localhost}, {@code 127.0.0.1} and {@code ::1}:
     * its subject alternative names.
     *
     * @return DNS names and IP addresses; none by default
     */
    String[] names() default {};

    /**
     * Whether clients are asked for a certificate.
     *
     * @return not by default
     */
    ClientAuthentication clientAuthentication() default ClientAuthentication.NONE;

    /**
     * The versions of the protocol.
     *
     * @return the JDK's names, such as {@code TLSv1.3}; the JDK's defaults by default
     */
    String[] protocols() default {};

    /**
     * The cipher suites.
     *
     * @return their standard names, such as {@code TLS_AES_128_GCM_SHA256}; the JDK's defaults by
     *     default
     */
    String[] cipherSuites() default {};

    /**
     * What the server speaks inside, by preference (ALPN, RFC 7301).
     *
     * @return such as {@code h2}; none by default
     */
    String[] applicationProtocols() default {};

    /**
     * Which names clients may ask for (SNI, RFC 6066); another one is refused.
     *
     * @return DNS names; any by default
     */
    String[] serverNames() default {};

    /**
     * Whether a client may resume a session.
     *
     * @return it may by default
     */
    boolean sessionResumption() default true;

    /**
     * Where the server falls silent in a handshake.
     *
     * @return nowhere by default
     */
    TlsStall stall() default TlsStall.NONE;
}
