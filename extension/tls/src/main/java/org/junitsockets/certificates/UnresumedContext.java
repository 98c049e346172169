package org.junitsockets.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context of which no session can be resumed: each connection has a JDK context to itself, with a
 * cache and ticket keys that no other connection has.
 *
 * <p>Of the JDK's there is no switch for that. A cache cannot have the size nought, sessions are good
 * for a second at least, and with a timeout that keeps it from sending tickets it still promises one in
 * TLS 1.2.
 */
final class UnresumedContext extends SSLContextSpi {

    private final Supplier<SSLContext> contexts;
    private final SSLContext first;

    private UnresumedContext(Supplier<SSLContext> contexts) {
        this.contexts = contexts;
        this.first = contexts.get();
    }

    static SSLContext of(Supplier<SSLContext> contexts) {
        UnresumedContext unresumed = new UnresumedContext(contexts);
        return new SSLContext(unresumed, unresumed.first.getProvider(), unresumed.first.getProtocol()) {};
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("it has keys and trust already");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return contexts.get().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return contexts.get().createSSLEngine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new Sockets();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return new ServerSockets();
    }

    /** Stays empty. */
    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return first.getServerSessionContext();
    }

    /** Stays empty. */
    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return first.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return first.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return first.getSupportedSSLParameters();
    }

    private final class Sockets extends SSLSocketFactory {

        private SSLSocketFactory next() {
            return contexts.get().getSocketFactory();
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return first.getSocketFactory().getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return first.getSocketFactory().getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return next().createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return next().createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return next().createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return next().createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return next().createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return next().createSocket(below, host, port, autoClose);
        }

        @Override
        public Socket createSocket(Socket below, InputStream consumed, boolean autoClose) throws IOException {
            return next().createSocket(below, consumed, autoClose);
        }
    }

    private final class ServerSockets extends SSLServerSocketFactory {

        @Override
        public String[] getDefaultCipherSuites() {
            return first.getServerSocketFactory().getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return first.getServerSocketFactory().getSupportedCipherSuites();
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new UnresumedServerSocket(contexts);
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new UnresumedServerSocket(contexts, port, 0, null);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return new UnresumedServerSocket(contexts, port, backlog, null);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
            return new UnresumedServerSocket(contexts, port, backlog, local);
        }
    }
}
