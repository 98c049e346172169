package org.junitsockets.testcontainers.engine;

import java.util.Locale;

/** The ways from here to a port of a container, the better ones first. */
public enum NetworkPath {

    /** To the container's own address, on the engine's bridge. */
    BRIDGE(false),

    /** To ports that are published at the bridge's address: they are translated by the kernel. */
    GATEWAY(true),

    /**
     * To ports that are published at the address that the engine itself is reached by, {@code 127.0.0.1}
     * if it is on this machine: a proxy may be in between.
     */
    LOOPBACK(true);

    private final boolean published;

    NetworkPath(boolean published) {
        this.published = published;
    }

    /**
     * Whether it leads to ports that are chosen when the container is made.
     *
     * @return for all but {@link #BRIDGE}
     */
    public boolean isPublished() {
        return published;
    }

    /** What the parameter and messages call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
