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
 * Says which server a client is connected to. It stands on a {@code Socket}, {@code SocketChannel},
 * {@code AsynchronousSocketChannel} or {@code SocketConnection}; each is a connection of its own.
 *
 * <pre>{@code
 * void fails(@Connected("primary") Socket first, @Connected("replica") Socket second) { ... }
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
public @interface Connected {

    /**
     * The name of the server.
     *
     * @return a name, or nothing where only one server can be meant
     */
    String value() default "";
}
