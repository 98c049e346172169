package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

class CarriedTlsConformanceTests extends TransportConformance {

    static {
        Everywhere.carry();
    }

    CarriedTlsConformanceTests() {
        super(Transport.TLS);
    }
}
