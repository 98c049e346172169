package org.junitsockets.benchmarks.echo;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.OneGet;

/** MockWebServer 3, with one answer. */
public final class MockWebServerGet implements Candidate {

    @Override
    public String name() {
        return "mockwebserver3, one GET";
    }

    @Override
    public void run() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().build());
            server.start();
            OneGet.answered(server.getPort());
        }
    }
}
