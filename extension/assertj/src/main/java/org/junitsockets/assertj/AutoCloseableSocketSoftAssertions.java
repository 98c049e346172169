package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.assertj.core.api.AutoCloseableSoftAssertionsProvider;

/**
 * {@link SocketSoftAssertions} that tell their failures when they are closed.
 *
 * <pre>{@code
 * try (var softly = new AutoCloseableSocketSoftAssertions()) {
 *     softly.assertThat(server).receivedConnections(1);
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class AutoCloseableSocketSoftAssertions extends SocketSoftAssertions
        implements AutoCloseableSoftAssertionsProvider {

    /** Makes one. */
    public AutoCloseableSocketSoftAssertions() {}
}
