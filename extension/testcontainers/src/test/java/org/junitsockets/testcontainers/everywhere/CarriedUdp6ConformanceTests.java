package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

class CarriedUdp6ConformanceTests extends TransportConformance {

    static {
        Everywhere.carry();
    }

    CarriedUdp6ConformanceTests() {
        super(Transport.UDP6);
    }
}
