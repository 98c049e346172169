package org.junitsockets.conformance;

import org.junitsockets.Transport;

class TcpTestCases extends TransportConformance {
    TcpTestCases() {
        super(Transport.TCP);
    }
}
