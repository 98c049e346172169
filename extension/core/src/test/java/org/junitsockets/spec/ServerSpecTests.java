package org.junitsockets.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Capability;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;

/** What follows from how a transport came about, and what a server's TLS is. */
class ServerSpecTests {

    private static ServerSpec spec(Choice choice, @Nullable Tls tls) {
        return new ServerSpec(
                "db", choice, null, 50, 0, 0, Duration.ofSeconds(5), tls, new Declaration("declared here"));
    }

    @Test
    void whoNamedTheTransportHearsWhatItLacks() {
        assertThat(spec(Choice.stated(Transport.UNIX_SEQPACKET), null).unsupported("rst()", Capability.RESET))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("rst() on server 'db' (declared here): found the transport UNIX_SEQPACKET, which lacks a"
                        + " reset (expected: one of TCP, TCP6, TLS)");
    }

    @Test
    void elseItIsAReasonToSkip() {
        RuntimeException thrown =
                spec(Choice.byDefault(Transport.UDP), null).unsupported("shutdownOutput()", Capability.HALF_CLOSE);

        assertThat(thrown)
                .isInstanceOf(IncapableTransportException.class)
                .hasMessage("shutdownOutput() on server 'db' (declared here): found the transport UDP, which lacks a"
                        + " half-close (expected: one of TCP, TCP6, UNIX, TLS, UNIX_SEQPACKET, VSOCK)");
        assertThat(((UnsupportedTransportException) thrown).transport()).isEqualTo(Optional.of(Transport.UDP));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLS")
    void noOtherTransportHasTlsUnasked(Transport transport) {
        assertThat(spec(Choice.byDefault(transport), null).tls()).isNull();
    }

    @Test
    void whoeverAsksForTlsHearsWhatMakesCertificates() {
        assertThatThrownBy(() -> spec(Choice.stated(Transport.TLS), null))
                .isInstanceOf(UnsupportedTransportException.class)
                .hasMessage("TLS: nothing on the class path makes certificates (org.junitsockets:junit-sockets-tls"
                        + " does)");
    }

    @Test
    void whatItIsToBeLikeStays() {
        Tls given = (Tls) Proxy.newProxyInstance(
                Tls.class.getClassLoader(),
                new Class<?>[] {Tls.class},
                (proxy, method, arguments) -> method.getName().equals("toString") ? "given" : null);
        for (Transport transport : EnumSet.of(Transport.TCP, Transport.TLS)) {
            assertThat(spec(Choice.byDefault(transport), given).tls()).isSameAs(given);
        }
    }
}
