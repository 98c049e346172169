package org.junitsockets.jupiter;

import static org.junitsockets.Transport.UDP;
import static org.junitsockets.Transport.UNIX;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.SocketPair;
import org.junitsockets.SocketServer;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.Transport;

/** Read and run by {@link WithTlsTests} only. */
@SuppressWarnings("NullAway")
final class WithTlsTestCases {

    private WithTlsTestCases() {}

    // -- read --------------------------------------------------------------------------------------

    @WithSocketServer(name = "db")
    @WithTls(certificate = TlsCertificate.EXPIRED)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Composed {}

    @WithSocketServer(name = "one")
    @WithSocketServer(name = "other", transport = UNIX)
    @WithTls
    static class OnAClass {}

    @Composed
    static class OnAnAnnotation {}

    @WithTls(
            certificate = TlsCertificate.WRONG_NAME,
            names = {"db.example", "192.0.2.1"},
            clientAuthentication = ClientAuthentication.REQUIRED,
            protocols = "TLSv1.2",
            cipherSuites = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            applicationProtocols = {"h2", "http/1.1"},
            serverNames = "db.example",
            sessionResumption = false,
            stall = TlsStall.MID_HANDSHAKE)
    @WithSocketServer
    static class Everything {}

    @WithSocketPair
    @WithTls
    static class OnAPair {}

    @WithSocketServer
    static class Without {}

    @WithSocketServer(transport = Transport.TLS)
    static class OverTls {}

    // -- run ---------------------------------------------------------------------------------------

    static class BesideNothing {
        @Test
        void test(@WithTls SocketServer server) {}
    }

    static class OnAMethodWithoutAServer {
        @Test
        @WithTls(certificate = TlsCertificate.EXPIRED)
        void test(@WithSocketServer SocketServer server) {}
    }

    @WithTls
    static class OnAClassWithoutAServer {
        @Test
        void test() {}
    }

    static class OnALifecycleMethodWithoutAServer {
        @BeforeEach
        @WithTls
        void before(@WithSocketServer SocketServer server) {}

        @Test
        void test() {}
    }

    static class OnAFieldWithoutAServer {
        @WithTls
        SocketServer server;

        @Test
        void test() {}
    }

    static class Twice {
        @Test
        @Composed
        @WithTls
        void test(SocketServer server) {}
    }

    static class OverDatagrams {
        @Test
        void test(@WithSocketServer(name = "db", transport = UDP) @WithTls SocketServer server) {}
    }

    static class OverWhatAParameterChose {
        @Test
        void test(@WithSocketServer @WithTls SocketServer server) {}
    }

    static class OnAPairOverDatagrams {
        @Test
        void test(@WithSocketPair(transport = UDP) @WithTls SocketPair pair) {}
    }

    static class OfAChannel {
        @Test
        @WithTls
        @WithSocketServer(transport = Transport.TCP)
        void test(SocketChannel client) {}
    }

    static class UnknownProtocol {
        @WithSocketServer
        @WithTls(protocols = {"TLSv1.3", "TLSv9"})
        SocketServer server;

        @Test
        void test() {}
    }

    static class UnknownProtocolOfAnIdentity {
        @Test
        void test(@WithTls(protocols = "TLSv9") Tls tls) {}
    }
}
