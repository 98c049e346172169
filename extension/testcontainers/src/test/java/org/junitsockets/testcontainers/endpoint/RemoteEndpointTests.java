package org.junitsockets.testcontainers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transport;
import org.junitsockets.testcontainers.engine.NeedsEngine;
import org.testcontainers.DockerClientFactory;

/** What a container's port gives where a server would give it, and for how long. */
@NeedsEngine
class RemoteEndpointTests {

    /** Whichever containers the cases had, there are none of them now. */
    private static void assertNothingIsLeftOf(Class<?> cases) {
        assertThat(RemoteEndpointTestCases.CONTAINERS.get(cases))
                .isNotEmpty()
                .allSatisfy(id -> assertThatThrownBy(() -> DockerClientFactory.lazyClient()
                                .inspectContainerCmd(id)
                                .exec())
                        .isInstanceOf(NotFoundException.class));
    }

    @Test
    void givesClientsOfEveryTypeAndWhereItIs() {
        Run.of(RemoteEndpointTestCases.EveryClient.class).passes(3);
        assertNothingIsLeftOf(RemoteEndpointTestCases.EveryClient.class);
    }

    @Test
    void hasWhatWasDeclared() {
        Run.of(RemoteEndpointTestCases.Settings.class).passes(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.Settings.class);
    }

    @Test
    void livesAsLongAsAServerInItsPlaceWould() {
        Run.of(RemoteEndpointTestCases.ByPlace.class).passes(3);
        assertThat(RemoteEndpointTestCases.ByPlace.OF_CLASS).hasSize(1);
        assertThat(RemoteEndpointTestCases.ByPlace.OF_TESTS).hasSize(3);
        assertNothingIsLeftOf(RemoteEndpointTestCases.ByPlace.class);
    }

    @Test
    void livesForTheClass() {
        Run.concurrently(RemoteEndpointTestCases.OfTheClass.class).passes(3);
        assertThat(RemoteEndpointTestCases.OfTheClass.SEEN).hasSize(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.OfTheClass.class);
    }

    @Test
    void livesForTheInstanceOfAClass() {
        Run.of(RemoteEndpointTestCases.PerClass.class).passes(2);
        assertThat(RemoteEndpointTestCases.PerClass.SEEN).hasSize(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.PerClass.class);
    }

    @Test
    void livesForTheSession() {
        Run.concurrently(RemoteEndpointTestCases.OfTheSession.class, RemoteEndpointTestCases.OfTheSessionToo.class)
                .passes(4);
        assertThat(RemoteEndpointTestCases.OF_SESSION).hasSize(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.OfTheSession.class);
    }

    @Test
    void aTestHasOneAlone() {
        Run.concurrently(RemoteEndpointTestCases.Alone.class).passes(6);
        assertThat(RemoteEndpointTestCases.Alone.MOST).hasValue(1);
        assertThat(RemoteEndpointTestCases.CONTAINERS.get(RemoteEndpointTestCases.Alone.class))
                .hasSize(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.Alone.class);
    }

    @Test
    void livesForTheConstructorOfOneInstance() {
        Run.of(RemoteEndpointTestCases.ConstructedOnce.class).passes(2);
        assertThat(RemoteEndpointTestCases.ConstructedOnce.SEEN).hasSize(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.ConstructedOnce.class);
    }

    @Test
    void whoeverIsRefusedIsToldWhoHasIt() {
        Run run = Run.concurrently(RemoteEndpointTestCases.Holding.class, RemoteEndpointTestCases.TooLate.class);
        assertThat(run.fails())
                .hasMessageContaining("hasItNot(SocketConnection): not had within 200ms, as it is in use by"
                        + " @WithRemoteEndpoint(")
                .hasMessageContaining("on method RemoteEndpointTestCases.Holding.hasIt(")
                .hasMessageEndingWith(" (expected: a longer startDeadline, or one that is not exclusive)");
        assertThat(run.succeeded()).isEqualTo(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.Holding.class);
    }

    @Test
    void hasADeadlineOfItsOwn() {
        assertThat(Run.of(RemoteEndpointTestCases.Impatient.class).fails()).hasMessageContaining("321 ms");
        assertNothingIsLeftOf(RemoteEndpointTestCases.Impatient.class);
    }

    @Test
    void aTestCannotHaveAloneWhatItsClassShares() {
        assertThat(Run.of(RemoteEndpointTestCases.AloneAmongShared.class).fails())
                .hasMessageContaining("cannotBe(SocketConnection): found exclusive = true in a scope within that of"
                        + " @WithRemoteEndpoint(")
                .hasMessageContaining(
                        "field RemoteEndpointTestCases.AloneAmongShared.ofClass, which shares it with others"
                                + " (expected: exclusive = true there too)");
    }

    @Test
    void hasAnIdentityThatClientsTrust() {
        Run.of(RemoteEndpointTestCases.WithTheIdentity.class).passes(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.WithTheIdentity.class);
    }

    @Test
    void isReachedOverEachTransportThatWasDeclared() {
        Run.of(RemoteEndpointTestCases.OverEach.class).passes(3);
        assertThat(RemoteEndpointTestCases.OverEach.SEEN)
                .containsExactlyInAnyOrder(Transport.TCP, Transport.UDP, Transport.TCP6);
        assertNothingIsLeftOf(RemoteEndpointTestCases.OverEach.class);
    }

    @Test
    void isNotReachedOverWhatNobodyDeclared() {
        Run run = Run.of(RemoteEndpointTestCases.OverWhatNobodySaid.class, Map.of("junitsockets.transports", "TLS"));
        String message = "@WithProgram on class RemoteEndpointTestCases.OverWhatNobodySaid: found the transport TLS,"
                + " over which nobody said that it can be reached (expected: TCP, or transport = {TCP, TLS})";
        assertThat(run.failures()).singleElement().asString().contains(message);
        assertThat(run.aborted()).singleElement().asString().contains(message);
        assertThat(run.succeeded()).isEqualTo(1);
    }

    @Test
    void isWaitedForUntilItGreets() {
        Run.of(RemoteEndpointTestCases.Greeting.class).passes(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.Greeting.class);
    }

    @Test
    void isAContainerThatTheTestHas() {
        Run.of(RemoteEndpointTestCases.InAField.class).passes(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.InAField.class);
    }

    @Test
    void isAContainerThatRunsAndGoesOn() {
        RemoteEndpointTestCases.Bean.CONTAINER.start();
        try {
            Run.of(RemoteEndpointTestCases.OfABean.class).passes(2);
            assertThat(RemoteEndpointTestCases.OfABean.SEEN).hasSize(1);
            assertThat(RemoteEndpointTestCases.Bean.CONTAINER.isRunning()).isTrue();
        } finally {
            RemoteEndpointTestCases.Bean.CONTAINER.stop();
        }
    }

    @Test
    void findsOthersByTheirAliases() {
        Run.of(RemoteEndpointTestCases.Aliases.class).passes(1);
        assertNothingIsLeftOf(RemoteEndpointTestCases.Aliases.class);
    }

    @Test
    void showsWhatWasSaidAndItsLogWhereATestFails() {
        Run run = Run.of(RemoteEndpointTestCases.Failing.class);
        assertThat(Run.stackTrace(run.fails()))
                .contains("\"ECHO a\\n\"")
                .contains("the end of the log of GenericContainer of @WithProgram on class")
                .contains("\n    started as serve\n    asked for ECHO");
        assertNothingIsLeftOf(RemoteEndpointTestCases.Failing.class);
    }
}
