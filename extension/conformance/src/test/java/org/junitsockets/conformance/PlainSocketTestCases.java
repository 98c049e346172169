package org.junitsockets.conformance;

import java.io.IOException;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

class PlainSocketTestCases extends SocketConformance {

    private final Ports ports = new Ports();

    @Override
    protected Set<Capability> capabilities() {
        return Transport.TCP.capabilities();
    }

    @Override
    protected Listener listen() throws IOException {
        return Listener.of(ports.serverSocket("127.0.0.1"));
    }
}
