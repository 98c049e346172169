package org.junitsockets.testcontainers.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.testcontainers.engine.NetworkPath;

class ContainerParametersTests {

    @Test
    void nothingIsSetByDefault() {
        assertThat(ContainerParameters.from(name -> null)).isEqualTo(new ContainerParameters(null, null));
    }

    @ParameterizedTest
    @EnumSource(NetworkPath.class)
    void anImageAndAWayAreStatedByTheirNames(NetworkPath path) {
        Map<String, String> parameters = Map.of(
                "junitsockets.container.image", " example/java:17 ", "junitsockets.container.path", path.toString());
        assertThat(ContainerParameters.from(parameters::get))
                .isEqualTo(new ContainerParameters("example/java:17", path));
    }

    @Test
    void whatIsNoWayIsRefused() {
        assertThatThrownBy(() -> ContainerParameters.from(Map.of("junitsockets.container.path", "tunnel")::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("junitsockets.container.path: found 'tunnel'"
                        + " (expected: one of [bridge, gateway, loopback])");
    }

    @Test
    void anImageHasAName() {
        assertThatThrownBy(() -> ContainerParameters.from(Map.of("junitsockets.container.image", " ")::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("junitsockets.container.image: found ' '"
                        + " (expected: jlink, or the name of an image with a Java runtime)");
    }
}
