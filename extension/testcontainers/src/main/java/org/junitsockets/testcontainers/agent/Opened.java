package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import org.junitsockets.testcontainers.protocol.Frame;

/** What the test has opened here: a listener, a stream or a datagram socket, under an id. */
interface Opened {

    /** Does what a frame for it says. */
    void received(Frame frame) throws IOException;

    /** Looks at its socket, which may have become ready. */
    void ready() throws IOException;

    /** Looks at it for a fence, where its socket is not looked at by the session. */
    default void look() {}

    /** Lets go of it, as the session ends. */
    void abandon();
}
