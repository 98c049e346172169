package org.junitsockets.conformance;

import java.io.IOException;
import java.util.Set;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

class DatagramChannelTestCases extends SocketConformance {

    private final Ports ports = new Ports();

    @Override
    protected Set<Capability> capabilities() {
        return Transport.UDP.capabilities();
    }

    @Override
    protected Listener listen() throws IOException {
        return Listener.of(ports.datagramChannel("127.0.0.1"));
    }
}
