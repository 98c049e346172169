package org.junitsockets.testcontainers.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transport;

@SuppressWarnings("try") // it closes what its fields hold
class ContainerPlaceTests {

    @Test
    void theBridgeCarriesEverything() throws Exception {
        Docker.require();
        try (ContainerPlace place = new ContainerPlace(new ContainerParameters(null, null))) {
            long t0 = System.nanoTime();
            assertThat(place.unavailableBecause(Transport.TCP)).isEmpty();
            System.err.println("TCP " + (System.nanoTime() - t0) / 1000000);
            t0 = System.nanoTime();
            assertThat(place.lacking(Transport.TCP)).isEmpty();
            assertThat(place.path()).isEqualTo(NetworkPath.BRIDGE);
            assertThat(place.unavailableBecause(Transport.UDP)).isEmpty();
            System.err.println("UDP " + (System.nanoTime() - t0) / 1000000);
            t0 = System.nanoTime();
            assertThat(place.unavailableBecause(Transport.TCP6)).isEmpty();
            assertThat(place.lacking(Transport.TCP6)).isEmpty();
            System.err.println("TCP6 " + (System.nanoTime() - t0) / 1000000);
            t0 = System.nanoTime();
            assertThat(place.unavailableBecause(Transport.UDP6)).isEmpty();
            System.err.println("UDP6 " + (System.nanoTime() - t0) / 1000000);
            t0 = System.nanoTime();
            System.err.println("close " + (System.nanoTime() - t0) / 1000000);
        }
    }

    @ParameterizedTest
    @EnumSource(NetworkPath.class)
    void everyPathLeadsThere(NetworkPath path) throws Exception {
        Docker.require();
        try (ContainerPlace place = new ContainerPlace(new ContainerParameters(null, path))) {
            long t0 = System.nanoTime();
            assertThat(place.unavailableBecause(Transport.TCP)).isEmpty();
            System.err.println(path + " TCP " + (System.nanoTime() - t0) / 1000000);
            System.err.println(path + " " + place.lacking(Transport.TCP));
            assertThat(place.unavailableBecause(Transport.UDP)).isEmpty();
            System.err.println(path + " " + place.unavailableBecause(Transport.TCP6));
        }
    }
}
