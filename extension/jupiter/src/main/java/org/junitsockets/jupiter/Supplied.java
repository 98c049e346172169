package org.junitsockets.jupiter;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.spi.EndpointFactory;
import org.junitsockets.jupiter.spi.EndpointRequest;
import org.junitsockets.jupiter.spi.OpenedEndpoint;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.IncapableTransportException;

/**
 * A declaration of somebody else's, and who opens what it declares.
 *
 * @param <A> the annotation
 * @param text the declaration in words
 * @param transports what it states that it can be reached over
 * @param ports its further ones, by what they are called after the colon
 */
record Supplied<A extends Annotation>(
        A annotation,
        String text,
        EndpointFactory<A> factory,
        List<Transport> transports,
        Map<String, Transport> ports) {

    static Supplied<?> of(Annotation annotation, String text) {
        Class<? extends EndpointFactory<?>> type = annotation
                .annotationType()
                .getAnnotation(DeclaresEndpoint.class)
                .value();
        try {
            return of(annotation, text, ReflectionSupport.newInstance(type));
        } catch (ExtensionConfigurationException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new ExtensionConfigurationException(
                    text + ": " + Words.simpleName(type) + " cannot be created: " + e
                            + " (expected: a class with a constructor without parameters)",
                    e);
        }
    }

    @SuppressWarnings("unchecked") // the annotation and its factory name each other
    private static <A extends Annotation> Supplied<A> of(Annotation found, String text, EndpointFactory<?> factory) {
        EndpointFactory<A> typed = (EndpointFactory<A>) factory;
        A annotation = (A) found;
        try {
            return new Supplied<>(annotation, text, typed, typed.transports(annotation), typed.ports(annotation));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(text + ": " + e.getMessage(), e);
        }
    }

    /** What it insists on, as a server's declaration does that states a transport. */
    List<Transport> stated() {
        return transports.size() == 1 ? transports : List.of();
    }

    /** Whether a parameter or field of this type may be given something of it. */
    boolean supplies(Class<?> type) {
        return factory.types().stream().anyMatch(one -> one.isAssignableFrom(type));
    }

    /** The port that is asked for by a name; empty for the one that has none. */
    String port(String nameOfEndpoint, String asked) {
        return asked.startsWith(nameOfEndpoint + ":") ? asked.substring(nameOfEndpoint.length() + 1) : "";
    }

    /**
     * The transport it is to be opened over.
     *
     * @param chosen by others, if anybody chose
     * @param tls whether TLS is declared beside it
     */
    Choice choice(Optional<Choice> chosen, boolean tls) {
        List<Transport> possible = transports.isEmpty() ? List.of(Transport.TCP) : transports;
        if (transports.size() == 1 || chosen.isEmpty()) {
            return Choice.stated(possible.get(0));
        }
        Choice choice = chosen.get();
        if (possible.contains(choice.transport()) || (tls && choice.transport() == Transport.TLS)) {
            return choice;
        }
        String message = text + ": found the transport " + choice.transport()
                + ", over which nobody said that it can be reached (expected: "
                + possible.stream().map(Transport::name).collect(Collectors.joining(", "))
                + ", or transport = {" + possible.get(0) + ", " + choice.transport() + "})";
        throw choice.stated()
                ? new ExtensionConfigurationException(message)
                : new IncapableTransportException(choice.transport(), message);
    }

    boolean isShared() {
        return factory.isShared(annotation);
    }

    OpenedEndpoint open(EndpointRequest<?> request) {
        @SuppressWarnings("unchecked") // it was made of this very declaration
        EndpointRequest<A> own = (EndpointRequest<A>) request;
        return factory.open(own);
    }
}
