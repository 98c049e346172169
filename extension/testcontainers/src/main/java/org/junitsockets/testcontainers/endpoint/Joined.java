package org.junitsockets.testcontainers.endpoint;

import java.util.IdentityHashMap;
import org.testcontainers.containers.GenericContainer;

/**
 * Containers of the test's own that did not run when they were asked for: who comes first starts one, who
 * leaves last stops it.
 */
final class Joined {

    private static final IdentityHashMap<GenericContainer<?>, Integer> USERS = new IdentityHashMap<>();

    private Joined() {}

    /**
     * Joins one.
     *
     * @return what leaves it, once
     */
    static Runnable join(GenericContainer<?> container) {
        synchronized (container) { // so that it is not being stopped
            synchronized (USERS) {
                if (!USERS.containsKey(container) && container.isRunning()) {
                    return () -> {}; // somebody else ends it
                }
                USERS.merge(container, 1, Integer::sum);
            }
        }
        return () -> leave(container);
    }

    private static void leave(GenericContainer<?> container) {
        synchronized (container) {
            boolean last;
            synchronized (USERS) {
                last = USERS.merge(container, -1, (some, one) -> some + one == 0 ? null : some + one) == null;
            }
            if (last) {
                container.stop();
            }
        }
    }
}
