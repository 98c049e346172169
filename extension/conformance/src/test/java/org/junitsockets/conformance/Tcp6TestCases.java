package org.junitsockets.conformance;

import org.junitsockets.Transport;

class Tcp6TestCases extends TransportConformance {
    Tcp6TestCases() {
        super(Transport.TCP6);
    }
}
