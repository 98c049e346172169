package org.junitsockets.conformance;

import org.junitsockets.Transport;

class UdpTestCases extends TransportConformance {
    UdpTestCases() {
        super(Transport.UDP);
    }
}
