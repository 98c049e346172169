package org.junitsockets.jupiter.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitsockets.Transport;

/**
 * Opens what an annotation declares. All methods may be called from any thread.
 *
 * @param <A> the annotation, which carries {@link org.junitsockets.jupiter.DeclaresEndpoint}
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface EndpointFactory<A extends Annotation> {

    /**
     * Returns the name by which others ask for it.
     *
     * @param annotation the declaration
     * @return the name; empty for the default, that of the field or parameter it stands on
     */
    String name(A annotation);

    /**
     * Returns what it can be reached over, as the declaration states it.
     *
     * @param annotation the declaration
     * @return none where it leaves the choice to others, TCP where nobody chooses; one where it insists on
     *     that; several where others may choose one of them, the first where nobody does
     */
    List<Transport> transports(A annotation);

    /**
     * Returns the further ports that it has. One is asked for as {@code name:port}, such as {@code
     * "db:8222"}.
     *
     * @param annotation the declaration
     * @return what each is called after the colon, and what it is reached over; none by default
     * @throws IllegalArgumentException if the declaration has one that cannot be; the message says what was
     *     found and what was expected
     */
    default Map<String, Transport> ports(A annotation) {
        return Map.of();
    }

    /**
     * Returns how long anything on its connections may wait.
     *
     * @param annotation the declaration
     * @return a duration such as {@code 5s}; empty, by default, for that of the parameter {@code
     *     junitsockets.deadline}
     */
    default String deadline(A annotation) {
        return "";
    }

    /**
     * Returns what can be injected besides clients, addresses and ports.
     *
     * @return types; a parameter or field may also be of a subtype
     */
    default List<Class<?>> types() {
        return List.of();
    }

    /**
     * Tells whether what is open outlives a test, wherever the declaration stands.
     *
     * @param annotation the declaration
     * @return whether {@code @BeforeAll} methods may have it though it is declared for tests
     */
    default boolean isShared(A annotation) {
        return false;
    }

    /**
     * Opens it, or joins it where it is shared. What it returns is closed at the end of the scope that asked.
     *
     * @param request which declaration, where and how
     * @return what is open; whatever was begun is ended again where this throws
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if the declaration is wrong; the
     *     message says what was found and what was expected, on which declaration
     * @throws org.junitsockets.UnsupportedTransportException if it cannot be had on this system, which is a
     *     reason to skip
     */
    OpenedEndpoint open(EndpointRequest<A> request);
}
