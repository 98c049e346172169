package org.junitsockets.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

/** The code that README shows, between its tags. */
final class ReadmeTestCases {

    private ReadmeTestCases() {}

    // tag::conformance[]
    static class MyProxyConformanceTests extends SocketConformance {
        @Override
        protected Set<Capability> capabilities() {
            return Transport.TCP.capabilities(); // what is promised here is tested
        }

        @Override
        protected Listener listen() throws IOException {
            return Listener.of(new ServerSocket(0, 50, InetAddress.getLoopbackAddress())); // your own here
        }
    }
    // end::conformance[]
}
