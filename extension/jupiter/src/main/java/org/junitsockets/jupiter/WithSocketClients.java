package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks for clients of a server of your own, for parameters and fields of type {@link
 * org.junitsockets.SocketClients}.
 *
 * <pre>{@code
 * @AutoClose
 * private final LineServer server = LineServer.start();
 *
 * @Test
 * void servesTwentyAtOnce(@WithSocketClients SocketClients clients) {
 *     clients.run(server.address(), 20, client -> client.write("PING\n").expectLine("PONG"));
 * }
 * }</pre>
 *
 * <p>On a method or class it is for all parameters of that type there, which need no annotation.
 * Each parameter and field gets clients of its own. They live as long as a server that is declared in
 * the same place would; connections that are open then are ended after the {@code @AfterEach} methods
 * and {@code @AutoClose} fields of a test.
 *
 * @see WithSocketServer
 * @since 0.1
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface WithSocketClients {

    /**
     * How long each connect and each call on a connection may take.
     *
     * @return a duration such as {@code 500ms} or {@code 5s}; that of the parameter {@code
     *     junitsockets.deadline} by default, which is 5 s; multiplied by {@code
     *     junitsockets.deadline.factor} in either case
     */
    String deadline() default "";
}
