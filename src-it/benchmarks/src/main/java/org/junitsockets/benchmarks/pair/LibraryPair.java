package org.junitsockets.benchmarks.pair;

import org.junitsockets.SocketPair;
import org.junitsockets.Transport;
import org.junitsockets.benchmarks.measure.Candidate;

/** Both ends at once. */
public final class LibraryPair implements Candidate {

    @Override
    public String name() {
        return "junit-sockets, SocketPair";
    }

    @Override
    public void run() {
        SocketPair.open(Transport.TCP).close();
    }
}
