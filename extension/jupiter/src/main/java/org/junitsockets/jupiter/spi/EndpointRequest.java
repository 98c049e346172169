package org.junitsockets.jupiter.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.WithTls;

/**
 * What is to be opened, where and how.
 *
 * @param <A> the annotation
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface EndpointRequest<A extends Annotation> {

    /**
     * Returns the declaration.
     *
     * @return the annotation
     */
    A annotation();

    /**
     * Returns what it stands on.
     *
     * @return a class, method, field or parameter
     */
    AnnotatedElement element();

    /**
     * Returns the declaration for messages, as the user wrote it.
     *
     * @return such as {@code @WithMyEndpoint(port = 80) on method FooTests.test()}
     */
    String declaration();

    /**
     * Returns what it is to be reached over.
     *
     * @return one of those of {@link EndpointFactory#transports(Annotation)}
     */
    Transport transport();

    /**
     * Returns the context of the scope that asks.
     *
     * @return that of a test, or of a class
     */
    ExtensionContext context();

    /**
     * Returns the instances of the test, as far as there are any yet.
     *
     * @return the innermost first
     */
    List<Object> testInstances();

    /**
     * Returns the annotation that puts TLS on it.
     *
     * @return what stands beside the declaration
     */
    Optional<WithTls> withTls();

    /**
     * Tells whether it is to have TLS: by the annotation, or as the transport has it.
     *
     * @return whether {@link #createTls(List)} is to be called
     */
    boolean hasTls();

    /**
     * Makes the identity that was declared.
     *
     * @param names of the server besides those declared, under which clients reach it
     * @return a new one
     */
    Tls createTls(List<String> names);

    /**
     * Reads a duration of the declaration, and multiplies it by the parameter {@code
     * junitsockets.deadline.factor}.
     *
     * @param attribute of the annotation
     * @param text such as {@code 60s}
     * @return how long
     * @throws IllegalArgumentException if it is none; the message names the declaration and the attribute
     */
    Duration duration(String attribute, String text);
}
