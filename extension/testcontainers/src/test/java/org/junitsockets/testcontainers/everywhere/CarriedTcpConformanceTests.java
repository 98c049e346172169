package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

class CarriedTcpConformanceTests extends TransportConformance {

    static {
        Everywhere.carry();
    }

    CarriedTcpConformanceTests() {
        super(Transport.TCP);
    }
}
