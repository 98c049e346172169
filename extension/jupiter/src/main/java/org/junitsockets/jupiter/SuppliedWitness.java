package org.junitsockets.jupiter;

import java.io.IOException;
import org.junitsockets.jupiter.spi.OpenedEndpoint;
import org.junitsockets.verdict.Witness;

/** What somebody else has opened, as its scope has it. */
record SuppliedWitness(OpenedEndpoint endpoint, String text) implements Witness {

    @Override
    public String testimony() {
        return endpoint.evidence();
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }

    @Override
    public String toString() {
        return text;
    }
}
