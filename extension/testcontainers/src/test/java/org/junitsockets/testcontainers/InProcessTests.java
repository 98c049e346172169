package org.junitsockets.testcontainers;

import org.junitsockets.Location;

/** With their servers here; what README shows, and what is reached from a container, needs one all the same. */
class InProcessTests extends Anywhere {

    InProcessTests() {
        super(Location.IN_PROCESS);
    }
}
