package org.junitsockets.verdict;

import org.junitsockets.server.Judged;
import org.junitsockets.server.Server;

/**
 * One server, and what of it a verdict is about.
 *
 * @param goesOn whether it lives on after this, so that nothing of it is ended, and a handler that waits
 *     outside of I/O is left alone
 */
record Docket(Server server, Judged judged, boolean goesOn) {

    /** Of a server whose own end this is. */
    static Docket last(Server server) {
        return new Docket(server, Judged.everythingNew(), false);
    }
}
