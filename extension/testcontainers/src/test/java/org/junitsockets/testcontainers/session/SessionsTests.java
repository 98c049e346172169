package org.junitsockets.testcontainers.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsockets.Transport;
import org.junitsockets.testcontainers.engine.NetworkPath;

class SessionsTests {

    private static final ContainerParameters PARAMETERS = new ContainerParameters(null, null);
    private static final String ENDED = "the session of the container has ended";

    private final Sessions sessions = new Sessions();

    @Test
    void thereIsOnePlaceForASetOfParameters() {
        assertThat(sessions.place(PARAMETERS))
                .isSameAs(sessions.place(new ContainerParameters(null, null)))
                .isNotSameAs(sessions.place(new ContainerParameters(null, NetworkPath.LOOPBACK)));
    }

    @Test
    void itEndsWithTheOutermostSessionAndIsMadeAnewAfterThat() {
        sessions.opened();
        ContainerPlace place = sessions.place(PARAMETERS);
        sessions.opened();
        sessions.closed();
        assertThat(sessions.place(PARAMETERS)).isSameAs(place);
        sessions.closed();
        assertThat(place.unavailableBecause(Transport.TCP)).contains(ENDED);
        assertThat(sessions.place(PARAMETERS)).isNotSameAs(place);
    }
}
