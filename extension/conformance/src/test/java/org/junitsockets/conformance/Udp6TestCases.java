package org.junitsockets.conformance;

import org.junitsockets.Transport;

class Udp6TestCases extends TransportConformance {
    Udp6TestCases() {
        super(Transport.UDP6);
    }
}
