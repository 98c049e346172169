package org.junitsockets.tls;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.spi.TlsOptions;

/** From setters to options to certificates. */
public final class TlsBuilder implements Tls.Builder {

    private TlsCertificate certificate = TlsOptions.DEFAULT.certificate();
    private List<String> names = List.of();
    private ClientAuthentication clientAuthentication = TlsOptions.DEFAULT.clientAuthentication();
    private List<String> protocols = List.of();
    private List<String> cipherSuites = List.of();
    private List<String> applicationProtocols = List.of();
    private List<String> serverNames = List.of();
    private boolean sessionResumption = TlsOptions.DEFAULT.sessionResumption();
    private TlsStall stall = TlsOptions.DEFAULT.stall();

    @Override
    public TlsBuilder certificate(TlsCertificate certificate) {
        this.certificate = requireNonNull(certificate, "certificate");
        return this;
    }

    @Override
    public TlsBuilder names(String... names) {
        this.names = List.of(names);
        return this;
    }

    @Override
    public TlsBuilder clientAuthentication(ClientAuthentication clientAuthentication) {
        this.clientAuthentication = requireNonNull(clientAuthentication, "clientAuthentication");
        return this;
    }

    @Override
    public TlsBuilder protocols(String... protocols) {
        this.protocols = List.of(protocols);
        return this;
    }

    @Override
    public TlsBuilder cipherSuites(String... cipherSuites) {
        this.cipherSuites = List.of(cipherSuites);
        return this;
    }

    @Override
    public TlsBuilder applicationProtocols(String... protocols) {
        this.applicationProtocols = List.of(protocols);
        return this;
    }

    @Override
    public TlsBuilder serverNames(String... names) {
        this.serverNames = List.of(names);
        return this;
    }

    @Override
    public TlsBuilder sessionResumption(boolean resumption) {
        this.sessionResumption = resumption;
        return this;
    }

    @Override
    public TlsBuilder stall(TlsStall stall) {
        this.stall = requireNonNull(stall, "stall");
        return this;
    }

    @Override
    public Tls create() {
        return TlsProviders.create(new TlsOptions(
                certificate,
                names,
                clientAuthentication,
                protocols,
                cipherSuites,
                applicationProtocols,
                serverNames,
                sessionResumption,
                stall));
    }
}
