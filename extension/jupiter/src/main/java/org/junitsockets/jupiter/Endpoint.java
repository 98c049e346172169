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

/**
 * Asks for a server, or for where it is: a {@code SocketServer}, {@code ServerSocket}, {@code
 * ServerSocketChannel} or {@code AsynchronousServerSocketChannel}; an {@code InetSocketAddress},
 * {@code UnixDomainSocketAddress}, {@code SocketAddress} or {@code URI}. What there is depends on the
 * server's transport.
 *
 * <pre>{@code
 * @Test
 * @WithSocketServer(handler = Echo.class)
 * void connects(@Endpoint InetSocketAddress address, @Endpoint(scheme = "ws") URI uri) { ... }
 * }</pre>
 *
 * <p>A program in a container reaches a server of the test's at another address, in its own network:
 *
 * <pre>{@code
 * void calledBack(@WithSocketServer SocketServer server, @Endpoint(from = CONTAINER) URI uri) { ... }
 * }</pre>
 *
 * @see WithSocketServer
 * @since 0.1
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface Endpoint {

    /**
     * The name of the server.
     *
     * @return a name, or nothing where only one server can be meant
     */
    String value() default "";

    /**
     * The scheme, where a {@code URI} is asked for.
     *
     * @return such as {@code http}
     */
    String scheme() default "tcp";

    /**
     * From where it is to be reached: by a program in a container it is under another address than from
     * here. Connections to that are carried here, and go on to the server on the loopback interface.
     *
     * @return the location of who connects
     */
    Location from() default Location.IN_PROCESS;
}
