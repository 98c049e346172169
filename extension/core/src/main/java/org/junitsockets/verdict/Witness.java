package org.junitsockets.verdict;

import java.io.Closeable;

/** Something in a scope that has more to say, when a test fails, than what was on the wire. */
public interface Witness extends Closeable {

    /**
     * What a reader of a failure should know, such as the log of a server.
     *
     * @return lines of bounded length, empty if there is nothing to say
     */
    String testimony();
}
