package org.junitsockets.certificates;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.Tls;
import org.junitsockets.spi.TlsOptions;

/** An identity and the options, as contexts and engines of the JDK. */
final class EphemeralTls implements Tls {

    private final TlsOptions options;
    private final Identity identity;
    private final SSLContext server;
    private final SSLContext client;
    private final SSLContext anonymous;

    EphemeralTls(TlsOptions options, Identity identity) {
        this.options = options;
        this.identity = identity;
        this.server = context(new IdentityKeyManager(() -> identity));
        this.client = context(new IdentityKeyManager(Identity::client));
        this.anonymous = context(null);
    }

    private SSLContext context(@Nullable KeyManager keys) {
        KeyManager[] managers = keys == null ? new KeyManager[0] : new KeyManager[] {keys};
        return options.sessionResumption() ? jdkContext(managers) : UnresumedContext.of(() -> jdkContext(managers));
    }

    private static SSLContext jdkContext(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, Trust.managers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a TLS context", e);
        }
    }

    @Override
    public TlsOptions options() {
        return options;
    }

    @Override
    public SSLContext serverContext() {
        return server;
    }

    @Override
    public SSLContext clientContext() {
        return client;
    }

    @Override
    public SSLContext anonymousClientContext() {
        return anonymous;
    }

    @Override
    public SSLEngine serverEngine() {
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        if (!options.serverNames().isEmpty()) {
            String any = options.serverNames().stream()
                    .map(Names::ascii)
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(any))); // there may be one of a kind only
        }
        if (options.clientAuthentication() == ClientAuthentication.WANTED) {
            parameters.setWantClientAuth(true);
        } else if (options.clientAuthentication() == ClientAuthentication.REQUIRED) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine clientEngine(String host, int port) {
        String literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        SSLEngine engine = client.createSSLEngine(literal, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!Names.isAddress(literal)) { // the JDK would ask for a name with a dot only
            parameters.setServerNames(List.of(new SNIHostName(literal)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** What both sides have in common. */
    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        if (!options.protocols().isEmpty()) {
            parameters.setProtocols(options.protocols().toArray(String[]::new));
        }
        if (!options.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(options.cipherSuites().toArray(String[]::new));
        }
        parameters.setApplicationProtocols(options.applicationProtocols().toArray(String[]::new));
        return parameters;
    }

    @Override
    public X509Certificate certificate() {
        return identity.certificate();
    }

    @Override
    public List<X509Certificate> chain() {
        return identity.chain();
    }

    @Override
    public X509Certificate authority() {
        return Authority.trusted().certificate();
    }

    @Override
    public Path authorityPem() {
        return PemFiles.authority(authority());
    }

    @Override
    public Path revocationListPem() {
        return PemFiles.revocationList(Authority.trusted().revocationList());
    }

    @Override
    public Path clientPem() {
        return PemFiles.identity(Identity.client());
    }

    @Override
    public String chainPem() {
        return PemFiles.text(identity.chain());
    }

    @Override
    public String keyPem() {
        return PemFiles.key(identity);
    }

    @Override
    public String toString() {
        return "TLS of " + identity.certificate().getSubjectX500Principal() + ", " + options.certificate();
    }
}
