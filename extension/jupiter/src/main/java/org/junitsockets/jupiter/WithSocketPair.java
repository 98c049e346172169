package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.Location;
import org.junitsockets.Transport;

/**
 * Declares both ends of one connection, for parameters and fields of type {@link
 * org.junitsockets.SocketPair}.
 *
 * <pre>{@code
 * @Test
 * void bothEndsAtOnce(@WithSocketPair SocketPair pair) {
 *     pair.client().write("ping\n");
 *     pair.server().expectLine("ping");
 * }
 * }</pre>
 *
 * <p>It goes over transports that have {@linkplain org.junitsockets.Capability#CONNECTIONS connections},
 * which UDP has not. It lives as long as a server that is declared in the same place would.
 *
 * @see WithSocketServer
 * @since 0.1
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface WithSocketPair {

    /**
     * What it goes over.
     *
     * @return one transport; by default that which {@link EachTransport} chooses, or else that of the
     *     parameter {@code junitsockets.transports}, which is TCP
     */
    Transport[] transport() default {};

    /**
     * Where its server's end is.
     *
     * @return one location; by default that of the parameter {@code junitsockets.location}, which is
     *     {@link Location#IN_PROCESS}
     */
    Location[] location() default {};

    /**
     * How long anything on either end may wait.
     *
     * @return a duration such as {@code 500ms} or {@code 5s}; that of the parameter {@code
     *     junitsockets.deadline} by default
     */
    String deadline() default "";
}
