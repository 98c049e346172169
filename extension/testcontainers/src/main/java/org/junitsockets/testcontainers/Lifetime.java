package org.junitsockets.testcontainers;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How long a container runs that {@link WithRemoteEndpoint} declares.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Lifetime {

    /**
     * As long as a server would live that is declared in the same place: for a static field, and with {@code
     * Lifecycle.PER_CLASS} for an instance field, as long as the class; else as long as the test.
     */
    BY_PLACE,

    /** As long as the test. */
    TEST,

    /** From its first use to the end of the class that it is declared in, for all tests of it and its nested ones. */
    CLASS,

    /**
     * From its first use to the end of the launcher's session, for all classes that declare the same; on
     * JUnit 5.12 to the end of the execution.
     */
    SESSION
}
