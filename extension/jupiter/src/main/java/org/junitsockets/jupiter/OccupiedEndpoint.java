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
 * Asks for an address that cannot be bound, because somebody listens there, for as long as a server
 * declared in the same place would live. It stands on an {@code InetSocketAddress}, {@code
 * UnixDomainSocketAddress}, {@code SocketAddress}, {@code URI} or, for the port, an {@code int}.
 *
 * <pre>{@code
 * @Test
 * void reports(@OccupiedEndpoint int port) {
 *     assertThatThrownBy(() -> new MyServer(port).start()).isInstanceOf(BindException.class);
 * }
 * }</pre>
 *
 * @see org.junitsockets.DeadEnd#occupied
 * @since 0.1
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface OccupiedEndpoint {

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
