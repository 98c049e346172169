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
 * Asks for a port for somebody else's server, one that cannot take 0.
 *
 * <p>As an {@code int} the port has been let go when the test gets it, to be bound at once. As a
 * {@link org.junitsockets.PortLease} it is held until the test releases it; {@link
 * org.junitsockets.PortLease#start} also tries again where somebody was faster.
 *
 * <pre>{@code
 * @Test
 * void starts(@LeasedPort PortLease lease) {
 *     Broker broker = Broker.listeningOn(lease.release());
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface LeasedPort {

    /**
     * The kind of address.
     *
     * @return one transport; by default that which {@link EachTransport} chooses, or else that of the
     *     parameter {@code junitsockets.transports}, which is TCP
     */
    Transport[] transport() default {};
}
