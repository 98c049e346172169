package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

class CarriedUdpConformanceTests extends TransportConformance {

    static {
        Everywhere.carry();
    }

    CarriedUdpConformanceTests() {
        super(Transport.UDP);
    }
}
