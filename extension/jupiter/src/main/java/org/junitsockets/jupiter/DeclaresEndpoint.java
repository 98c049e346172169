package org.junitsockets.jupiter;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsockets.jupiter.spi.EndpointFactory;

/**
 * Makes an annotation a declaration of something that clients connect to and that is no server of this
 * library. It is for who supplies such a thing, not for tests.
 *
 * <pre>{@code
 * @DeclaresEndpoint(MyFactory.class)
 * @Retention(RUNTIME)
 * public @interface WithMyEndpoint { ... }
 * }</pre>
 *
 * <p>It takes part in all that {@link WithSocketServer} does: names and levels,
 * {@code @Connected}, {@code @Endpoint} and {@code @Port}, scopes, {@code @WithTls}, {@code @EachTransport},
 * annotations of users' own that carry it, and repetition.
 *
 * @since 0.1
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SocketExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface DeclaresEndpoint {

    /**
     * What opens it.
     *
     * @return a class with a public constructor without parameters, in a package that is exported or open to
     *     the module of the Jupiter extension; a factory has no state
     */
    Class<? extends EndpointFactory<?>> value();
}
