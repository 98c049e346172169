package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.Transport;

/**
 * Runs a test once over each of several transports. It stands in place of {@code @Test}.
 *
 * <pre>{@code
 * @EachTransport({TCP, TCP6, UNIX})
 * @WithSocketServer(handler = Echo.class)
 * void echoes(SocketConnection client) { ... }
 * }</pre>
 *
 * <p><b>What it chooses.</b> An invocation's transport is that of all that lives as long as the
 * invocation: servers, pairs, dead ends and leases, of the test, of {@code @BeforeEach} and
 * {@code @AfterEach}, of fields and constructors. None of them may state one of its own. What lives for
 * the class, such as a static field, keeps the transport it has for every other test. The test, and
 * {@code @BeforeEach} and {@code @AfterEach}, can ask which it is by a parameter of type {@link
 * Transport}.
 *
 * <p><b>What is skipped.</b> An invocation whose transport is not there on this system or class path is
 * skipped and says why; where the parameter {@code junitsockets.require} lists it, it fails. What the
 * test does and a transport cannot, fails if {@link #value()} lists the transport, and is skipped with
 * that reason if the list is left out.
 *
 * <p>It has the tag {@value #TAG}: the harness runs such a test once, and not once for each transport
 * that it is told of.
 *
 * @see Transport#unavailableBecause()
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@Tag(EachTransport.TAG)
@ExtendWith({SocketExtension.class, TransportInvocations.class})
@API(status = EXPERIMENTAL, since = "0.1")
public @interface EachTransport {

    /** The tag of all these tests. */
    String TAG = "each-transport";

    /**
     * The transports, in the order of the invocations.
     *
     * @return each at most once; every one there is by default
     */
    Transport[] value() default {};
}
