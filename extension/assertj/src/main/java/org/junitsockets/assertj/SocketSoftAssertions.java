package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * AssertJ's soft assertions and those on what {@link SocketAssertions} has: all failures are told
 * together at the end.
 *
 * <pre>{@code
 * SocketSoftAssertions.assertSoftly(softly -> {
 *     softly.assertThat(server).receivedConnections(1);
 *     softly.assertThat(server.connection(1)).received("PING\r\n");
 * });
 * }</pre>
 *
 * <p>AssertJ's {@code SoftAssertionsExtension} injects them too.
 *
 * <p>On a module path they need {@code --add-exports
 * org.assertj.core/org.assertj.core.api.recursive.assertion=org.junitsockets.assertj}, as AssertJ 3.27
 * does not export what soft assertions of classes in other modules need; on a class path, nothing.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SocketSoftAssertions extends AbstractSoftAssertions
        implements StandardSoftAssertionsProvider, SocketSoftAssertionsProvider {

    /** Makes one; {@code assertAll()} is to be called at the end. */
    public SocketSoftAssertions() {}

    /**
     * Runs soft assertions and tells their failures.
     *
     * @param softly what to assert
     */
    public static void assertSoftly(Consumer<SocketSoftAssertions> softly) {
        SoftAssertionsProvider.assertSoftly(SocketSoftAssertions.class, softly);
    }
}
