package org.junitsockets.harness.cases;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.spi.LocationProvider;
import org.junitsockets.spi.Place;

/** Makes the location {@code container} one that can be asked for here; no test of the harness opens a server in it. */
public final class UnusedContainerLocation implements LocationProvider {

    @Override
    public Location location() {
        return Location.CONTAINER;
    }

    @Override
    public Place place(Function<String, @Nullable String> parameters) {
        throw new AssertionError("a server was opened in a container (expected: only that there could be one)");
    }
}
