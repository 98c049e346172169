package org.junitsockets.testcontainers.everywhere;

import org.junitsockets.Transport;
import org.junitsockets.conformance.TransportConformance;

/** The conformance kit for what an agent carries. */
final class CarriedConformanceTestCases {

    private CarriedConformanceTestCases() {}

    abstract static class Carried extends TransportConformance {

        static {
            Everywhere.carry();
        }

        Carried(Transport transport) {
            super(transport);
        }
    }

    static class Tcp extends Carried {
        Tcp() {
            super(Transport.TCP);
        }
    }

    static class Tcp6 extends Carried {
        Tcp6() {
            super(Transport.TCP6);
        }
    }

    static class Tls extends Carried {
        Tls() {
            super(Transport.TLS);
        }
    }

    static class Udp extends Carried {
        Udp() {
            super(Transport.UDP);
        }
    }

    static class Udp6 extends Carried {
        Udp6() {
            super(Transport.UDP6);
        }
    }
}
