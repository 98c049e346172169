package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.Transport;

/**
 * Asks for an address where connects do not complete, for as long as a server declared in the same
 * place would live. It stands on an {@code InetSocketAddress}, {@code
 * UnixDomainSocketAddress}, {@code SocketAddress}, {@code URI} or, for the port, an {@code int}.
 *
 * <p>Where a system cannot do that, the test is skipped and says why.
 *
 * <pre>{@code
 * @Test
 * void givesUp(@UnresponsiveEndpoint InetSocketAddress full) {
 *     assertThatThrownBy(() -> ping(full)).isInstanceOf(SocketTimeoutException.class);
 * }
 * }</pre>
 *
 * @see org.junitsockets.DeadEnd#unresponsive
 * @since 0.1
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface UnresponsiveEndpoint {

    /**
     * The kind of address.
     *
     * @return one transport; that of the parameter {@code junitsockets.transports} by default, which
     *     is TCP
     */
    Transport[] transport() default {};

    /**
     * The scheme, where a {@code URI} is asked for.
     *
     * @return such as {@code http}
     */
    String scheme() default "tcp";
}
