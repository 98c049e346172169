/**
 * How the container of a session is made, reached, measured and ended.
 *
 * <p>A {@code ContainerPlace} is opened at its first use: an engine is found, a {@code
 * RuntimeImage} chosen or built, an {@code AgentContainer} started from it and reached over the first
 * path that leads to it, and what that path carries is measured by {@code Measurement}. It
 * stays until the launcher's session ends.
 *
 * <p>Nothing is left on the engine but the image: the agent exits when the test's connection to it ends,
 * also if the test's process was killed, and the engine removes a container whose program has ended.
 */
@NullMarked
package org.junitsockets.testcontainers.session;

import org.jspecify.annotations.NullMarked;
