package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Location;
import org.junitsockets.Transport;

/**
 * Declares an ephemeral server on the loopback address.
 *
 * <pre>{@code
 * @Test
 * @WithSocketServer
 * void answers(ServerSocket server, Socket client) throws IOException { ... }
 *
 * @Test
 * void retries(@WithSocketServer SocketServer server) {
 *     server.onConnection(peer -> { peer.readLine(); peer.rst(); });
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Where.</b> On a parameter or field it is that server, or a client of it. On a method or
 * class it serves the parameters and fields that ask for it by {@link Connected}, {@link Endpoint}
 * or {@link Port}; parameters of server and client types need no annotation. It may stand several
 * times on a method or class, under different names, and on an annotation of your own.
 *
 * <p><b>Which.</b> A name may be left out where the innermost level that declares any server (the
 * parameters; the method; the class with its fields and what it inherits; the enclosing class)
 * declares exactly one. A declaration of a subclass replaces the one of the same name that it
 * inherits.
 *
 * <p><b>How long.</b> For a static field, a {@code @BeforeAll} parameter that declares its own, and
 * with {@code Lifecycle.PER_CLASS} for instance fields and constructor parameters: as long as the
 * class. Else as long as the test; what a class declares is a new server for each test.
 *
 * <p><b>The verdict.</b> After the test, its {@code @AfterEach} methods and {@code @AutoClose}
 * fields, what a script or handler threw, and a script that was not reached or not finished, fail
 * the test.
 *
 * @since 0.1
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(WithSocketServers.class)
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface WithSocketServer {

    /**
     * The name by which others ask for it.
     *
     * @return the name; on a field that of the field by default, on a parameter that of the parameter
     *     where the compiler kept it ({@code -parameters})
     */
    String name() default "";

    /**
     * What serves each connection that no script and no {@code accept()} takes.
     *
     * @return a class with a constructor without parameters; none by default: the server then
     *     accepts only when the test does
     */
    Class<? extends ConnectionHandler> handler() default ConnectionHandler.class;

    /**
     * What it is reached over.
     *
     * @return one transport; by default that which {@link EachTransport} chooses, or else that of the
     *     parameter {@code junitsockets.transports}, which is TCP
     */
    Transport[] transport() default {};

    /**
     * Where it is. In a container the class of its {@link #handler()} runs there; scripts and {@code
     * accept()} run here, and their connections are carried. What cannot be there, as over a UNIX socket or
     * without a container engine, is a skip, or a failure where the parameter {@code junitsockets.require}
     * lists {@code container}.
     *
     * <pre>{@code
     * @WithSocketServer(handler = Echo.class, location = CONTAINER)
     * }</pre>
     *
     * @return one location; by default that of the parameter {@code junitsockets.location}, which is
     *     {@link Location#IN_PROCESS}
     */
    Location[] location() default {};

    /**
     * The length of the system's queue of connections that wait to be accepted.
     *
     * @return at least 1; on Linux n admits n + 1
     */
    int backlog() default 50;

    /**
     * SO_RCVBUF of its connections.
     *
     * @return the size in bytes; 0 leaves it to the system
     */
    int receiveBuffer() default 0;

    /**
     * SO_SNDBUF of its connections.
     *
     * @return the size in bytes; 0 leaves it to the system
     */
    int sendBuffer() default 0;

    /**
     * How long anything on this server and its connections may wait.
     *
     * @return a duration such as {@code 500ms} or {@code 5s}; that of the parameter {@code
     *     junitsockets.deadline} by default, which is 5 s; multiplied by {@code
     *     junitsockets.deadline.factor} in either case
     */
    String deadline() default "";
}
