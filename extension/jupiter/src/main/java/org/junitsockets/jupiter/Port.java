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
 * Asks for the port of a server, as an {@code int}. Its host is the loopback address, {@code
 * 127.0.0.1} or {@code ::1}; "localhost" may be another.
 *
 * <pre>{@code
 * @Test
 * @WithSocketServer(handler = Echo.class)
 * void connects(@Port int port) { ... }
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
public @interface Port {

    /**
     * The name of the server.
     *
     * @return a name, or nothing where only one server can be meant
     */
    String value() default "";

    /**
     * From where it is to be reached: by a program in a container it is under another address than from
     * here. Connections to that are carried here, and go on to the server on the loopback interface.
     *
     * @return the location of who connects
     */
    Location from() default Location.IN_PROCESS;
}
