package org.junitsockets.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Each socket that it accepts is of another context; an engine that never runs keeps the settings. */
final class UnresumedServerSocket extends SSLServerSocket {

    private final Supplier<SSLContext> contexts;
    private final SSLEngine settings;

    UnresumedServerSocket(Supplier<SSLContext> contexts) throws IOException {
        this.contexts = contexts;
        this.settings = settings(contexts);
    }

    UnresumedServerSocket(Supplier<SSLContext> contexts, int port, int backlog, @Nullable InetAddress local)
            throws IOException {
        super(port, backlog, local);
        this.contexts = contexts;
        this.settings = settings(contexts);
    }

    private static SSLEngine settings(Supplier<SSLContext> contexts) {
        SSLEngine settings = contexts.get().createSSLEngine();
        settings.setUseClientMode(false);
        return settings;
    }

    @Override
    public Socket accept() throws IOException {
        Socket plain = new Socket();
        implAccept(plain);
        SSLSocket accepted = (SSLSocket) contexts.get().getSocketFactory().createSocket(plain, null, true);
        accepted.setUseClientMode(settings.getUseClientMode());
        accepted.setEnableSessionCreation(settings.getEnableSessionCreation());
        accepted.setSSLParameters(settings.getSSLParameters());
        return accepted;
    }

    @Override
    public SSLParameters getSSLParameters() {
        return settings.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        settings.setSSLParameters(parameters);
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return settings.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        settings.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return settings.getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return settings.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return settings.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        settings.setEnabledProtocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        settings.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return settings.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        settings.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return settings.getWantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        settings.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return settings.getUseClientMode();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        settings.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return settings.getEnableSessionCreation();
    }
}
