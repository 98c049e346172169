package org.junitsockets.testcontainers;

import org.junitsockets.Location;

/** With their servers in the container of the session. */
class InContainerTests extends Anywhere {

    InContainerTests() {
        super(Location.CONTAINER);
    }
}
