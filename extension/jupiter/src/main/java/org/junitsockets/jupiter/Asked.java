package org.junitsockets.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsockets.Location;

/** From where an address is asked for. */
final class Asked {

    private Asked() {}

    static Location from(Request request) {
        AnnotatedElement element = request.element();
        Optional<Location> ofAddress = Found.first(element, Endpoint.class)
                .map(found -> found.annotation().from());
        return ofAddress
                .or(() -> Found.first(element, Port.class)
                        .map(found -> found.annotation().from()))
                .orElse(Location.IN_PROCESS);
    }

    /** What is no address is the same from everywhere. */
    static void requireAddress(Request request) {
        if (request.kind() != Request.Kind.ADDRESS
                && request.kind() != Request.Kind.PORT
                && from(request) != Location.IN_PROCESS) {
            throw new ExtensionConfigurationException(
                    request + ": found from = " + from(request).name() + " with the type "
                            + Words.simpleName(request.type()) + " (expected: an address, a URI or a port)");
        }
    }
}
