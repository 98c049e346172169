package org.junitsockets.conformance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Pairs of TLS sockets, each with one flaw. */
final class BrokenTls {

    private BrokenTls() {}

    /** What all of them are without their flaw. */
    abstract static class BrokenTestCases extends TlsSocketTestCases {
        @Override
        protected Duration patience() {
            return Duration.ofSeconds(5);
        }
    }

    static class TrustsAnyHostName extends BrokenTestCases {
        @Override
        void configureClient(SSLParameters parameters) {
            // no endpoint identification, which is what an SSLSocket does by default
        }
    }

    static class ChoosesNoProtocol extends BrokenTestCases {
        @Override
        protected Listener listenWithProtocols(List<String> server, List<String> client) throws IOException {
            return super.listenWithProtocols(List.of(), client);
        }
    }

    static class TakesATruncationForAnEnd extends BrokenTestCases {
        @Override
        protected Listener listen() throws IOException {
            return new ForwardingListener(super.listen()) {
                private final AtomicBoolean truncated = new AtomicBoolean();

                @Override
                public End accept(Duration timeout) throws IOException {
                    return broken(super.accept(timeout));
                }

                @Override
                public End connect() throws IOException {
                    return broken(super.connect());
                }

                private End broken(End end) {
                    return new ForwardingEnd(end) {
                        @Override
                        public int read(byte[] into, Duration timeout) throws IOException {
                            try {
                                return super.read(into, timeout);
                            } catch (SocketTimeoutException e) {
                                throw e;
                            } catch (SSLException e) {
                                if (truncated.get()) {
                                    return -1;
                                }
                                throw e;
                            }
                        }

                        @Override
                        public void truncate() throws IOException {
                            truncated.set(true);
                            super.truncate();
                        }
                    };
                }
            };
        }
    }
}
