package org.junitsockets.benchmarks.echo;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.OneGet;

/** WireMock 3, with one stub. */
public final class WireMockGet implements Candidate {

    @Override
    public String name() {
        return "WireMock 3, one GET";
    }

    @Override
    public void run() throws Exception {
        WireMockServer server = new WireMockServer(options().dynamicPort());
        server.start();
        try {
            server.stubFor(any(anyUrl()).willReturn(ok()));
            OneGet.answered(server.port());
        } finally {
            server.stop();
        }
    }
}
