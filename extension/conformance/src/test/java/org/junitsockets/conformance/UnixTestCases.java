package org.junitsockets.conformance;

import org.junitsockets.Transport;

class UnixTestCases extends TransportConformance {
    UnixTestCases() {
        super(Transport.UNIX);
    }
}
