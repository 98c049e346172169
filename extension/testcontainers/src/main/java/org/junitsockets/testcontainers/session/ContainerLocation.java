package org.junitsockets.testcontainers.session;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.spi.LocationProvider;
import org.junitsockets.spi.Place;

/**
 * Supplies {@link Location#CONTAINER}: servers in a container with a Java runtime, of which there is one for
 * all tests of a launcher's session. It is started when the first test needs it.
 *
 * <p>Two configuration parameters say what it is like:
 * <ul>
 *   <li>{@code junitsockets.container.image}: the name of an image that has a Java runtime, at least as new
 *       as the tests' classes; or {@code jlink}, to build one out of the running JDK without a registry,
 *       once per engine. By default it is built where that is possible: on Linux, with a JDK that {@code
 *       jlink} can link, and an engine on the same kind of machine; else it is {@code
 *       eclipse-temurin:N-jre} of the running version.
 *   <li>{@code junitsockets.container.path}: {@code bridge}, {@code gateway} or {@code loopback}, to try no
 *       other way to the container: its own address; ports published at the address of the engine's bridge;
 *       ports published at {@code 127.0.0.1}, or where else the engine itself is reached. By default the
 *       first of them that leads there is taken. What it does not carry is found by trying, and missing in
 *       what the place can do.
 * </ul>
 */
public final class ContainerLocation implements LocationProvider {

    @Override
    public Location location() {
        return Location.CONTAINER;
    }

    @Override
    public Place place(Function<String, @Nullable String> parameters) {
        return Sessions.OF_JVM.place(ContainerParameters.from(parameters));
    }
}
