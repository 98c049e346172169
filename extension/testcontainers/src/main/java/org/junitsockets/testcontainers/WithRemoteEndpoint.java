package org.junitsockets.testcontainers;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.DeclaresEndpoint;
import org.junitsockets.testcontainers.endpoint.RemoteEndpointFactory;

/**
 * Declares a container's port in place of a server.
 *
 * <pre>{@code
 * @WithRemoteEndpoint(name = "redis", image = "redis:7.4", port = 6379)
 * class RedisTests {
 *
 *     @Test
 *     void pings(@Connected("redis") SocketConnection client, @Endpoint("redis") InetSocketAddress address) {
 *         client.write("PING\r\n").expectLine("+PONG");
 *     }
 * }
 * }</pre>
 *
 * <p><b>What it gives.</b> Clients of every type by {@link org.junitsockets.jupiter.Connected}, addresses and
 * {@code URI}s by {@link org.junitsockets.jupiter.Endpoint}, a port by {@link
 * org.junitsockets.jupiter.Port}; the container itself by {@code @Endpoint} on a {@code GenericContainer}.
 * Where it stands, which is meant where no name is given, and how long it lives is as for {@link
 * org.junitsockets.jupiter.WithSocketServer}. There is nothing of a server: no {@code SocketServer}, no
 * {@code ServerSocket}.
 *
 * <p><b>Which container.</b> One of an {@link #image()} or of {@link #imageFrom()}, which is started and
 * removed; or one that is there, in a field ({@link #container()}) or of {@link #containerFrom()}, which is
 * started if it does not run, and then stopped again.
 *
 * <p><b>Where it is reached.</b> On Linux, with an engine on this machine, at the container's own address;
 * with TLS at a port that is published at the address of the engine's bridge, for which the certificate is.
 * Else at a port that is published at the address the engine is reached by; there a proxy may turn a reset
 * into an end, and a refusal into a connection. Nothing is published at all addresses.
 *
 * <p><b>TLS.</b> {@link org.junitsockets.jupiter.WithTls} beside it makes a certificate, which is copied into
 * the container before that starts. The further {@link #ports()} have none.
 *
 * <p><b>{@code @EachTransport}</b> runs a test over those of the transports that {@link #transport()} lists.
 *
 * <p><b>When a test fails,</b> its transcript and the end of the container's log are in the report.
 *
 * <p><b>Without a container engine</b> a test is skipped, or fails where the parameter {@code
 * junitsockets.require} has {@code container}. So it is
 * where the container cannot be had within {@link #startDeadline()} that Testcontainers starts first, to
 * remove what a killed JVM leaves: without a registry its image, {@code testcontainers/ryuk}, has to be on the
 * engine, or {@code TESTCONTAINERS_RYUK_DISABLED=true} in the environment. A server in {@code
 * Location.CONTAINER} needs neither.
 *
 * @since 0.1
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(WithRemoteEndpoints.class)
@DeclaresEndpoint(RemoteEndpointFactory.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface WithRemoteEndpoint {

    /**
     * The name by which others ask for it.
     *
     * @return the name; on a field that of the field by default, on a parameter that of the parameter where
     *     the compiler kept it ({@code -parameters})
     */
    String name() default "";

    /**
     * The image of the container, which is fetched where the engine does not have it.
     *
     * @return such as {@code redis:7.4}
     */
    String image() default "";

    /**
     * What supplies the image, such as one that is built.
     *
     * @return a class, static if it is nested, with a constructor without parameters; it supplies a {@code
     *     DockerImageName}, a {@code String}, or a {@code Future<String>} such as an {@code
     *     ImageFromDockerfile}
     */
    Class<? extends Supplier<?>> imageFrom() default NoSupplier.class;

    /**
     * The name of a field of the test, or of a class around it, that holds a {@code GenericContainer}.
     *
     * @return a field that is static, or of an instance that is there when the endpoint is asked for
     */
    String container() default "";

    /**
     * What supplies a container that is there, such as one that all tests share.
     *
     * @return a class, static if it is nested, with a constructor without parameters; it supplies a {@code
     *     GenericContainer}
     */
    Class<? extends Supplier<?>> containerFrom() default NoSupplier.class;

    /**
     * The port that the program in the container listens on.
     *
     * @return from 1 to 65535
     */
    int port();

    /**
     * Further ports of the same container, as the engine writes them. One is asked for by the name of the
     * endpoint, a colon and the port, as in {@code @Connected("dns:53/udp")} or {@code @Port("nats:8222")}.
     *
     * @return such as {@code 8222}, {@code 8222/tcp} or {@code 53/udp}; none by default
     */
    String[] ports() default {};

    /**
     * What {@link #port()} can be reached over.
     *
     * @return one that it insists on; several of which {@link org.junitsockets.jupiter.EachTransport} or the
     *     parameter {@code junitsockets.transports} may choose one; TCP by default
     */
    Transport[] transport() default {};

    /**
     * Environment variables.
     *
     * @return such as {@code LANG=C}
     */
    String[] environment() default {};

    /**
     * What is run in place of what the image says.
     *
     * @return the words of the command; none for that of the image
     */
    String[] command() default {};

    /**
     * Files that are copied into the container before it starts.
     *
     * @return a resource of the class path, or a path on this machine, and a path in the container, such as
     *     {@code redis.conf -> /etc/redis/redis.conf}
     */
    String[] files() default {};

    /**
     * Names under which containers of other endpoints that have some reach it, in the network that all these
     * share.
     *
     * @return names; none by default, the container is then in the engine's default network
     */
    String[] networkAliases() default {};

    /**
     * As whom the program runs.
     *
     * @return a user's name or number, with a group after a colon if need be; as the image says by default
     */
    String user() default "";

    /**
     * Where the certificate chain goes in the container, in PEM, if there is TLS.
     *
     * @return an absolute path
     */
    String tlsCertificate() default "/tls/certificate.pem";

    /**
     * Where the private key goes in the container, in PEM, if there is TLS.
     *
     * @return an absolute path
     */
    String tlsKey() default "/tls/key.pem";

    /**
     * Who may read the private key in the container, where it belongs to root.
     *
     * @return the permissions of the file; for its owner only by default
     */
    int tlsKeyMode() default 0600;

    /**
     * How long the container runs.
     *
     * @return by the place of the declaration by default
     */
    Lifetime lifetime() default Lifetime.BY_PLACE;

    /**
     * Whether the test, or the class, has a container of {@link Lifetime#CLASS} or {@link Lifetime#SESSION}
     * for itself: it waits, up to {@link #startDeadline()}, until nobody else uses it, and others wait for it.
     *
     * @return not by default
     */
    boolean exclusive() default false;

    /**
     * What a client reads first once the program is ready: a regular expression that the beginning has to
     * match. Without one the program is ready when it can be connected to.
     *
     * @return such as {@code 220 }; none by default
     */
    String greeting() default "";

    /**
     * How long the image may take to be fetched, and then the program to be ready.
     *
     * @return a duration such as {@code 60s}, multiplied by {@code junitsockets.deadline.factor}
     */
    String startDeadline() default "60s";

    /**
     * How long anything on a connection may wait.
     *
     * @return a duration such as {@code 500ms} or {@code 5s}; that of the parameter {@code
     *     junitsockets.deadline} by default
     */
    String deadline() default "";

    /** Stands for none. */
    final class NoSupplier implements Supplier<Object> {
        private NoSupplier() {}

        /** Not called. */
        @Override
        public Object get() {
            throw new UnsupportedOperationException("stands for none");
        }
    }
}
