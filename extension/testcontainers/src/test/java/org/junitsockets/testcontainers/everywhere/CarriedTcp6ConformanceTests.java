package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

class CarriedTcp6ConformanceTests extends TransportConformance {

    static {
        Everywhere.carry();
    }

    CarriedTcp6ConformanceTests() {
        super(Transport.TCP6);
    }
}
