package org.junitsockets.conformance;

import org.junitsockets.Transport;

class TlsTestCases extends TransportConformance {
    TlsTestCases() {
        super(Transport.TLS);
    }
}
