package org.junitsockets.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;

/**
 * Supplies a location other than the process of the test. Found by {@link java.util.ServiceLoader}; it
 * needs a public constructor without parameters.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface LocationProvider {

    /**
     * Returns which one it supplies.
     *
     * @return the location
     */
    Location location();

    /**
     * Returns the place where servers are opened, which the provider keeps and ends: it is made at the
     * first call and is the same at later ones with the same parameters. May be called from any thread.
     *
     * @param parameters the configuration parameters by their names, {@code null} where one is not given
     * @return the place; also where nothing can be opened there, which it then says
     */
    Place place(Function<String, @Nullable String> parameters);
}
