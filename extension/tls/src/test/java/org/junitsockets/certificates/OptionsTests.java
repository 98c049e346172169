package org.junitsockets.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.Tls;

/** What cannot be had is an error where it is asked for, that says what was found and what could be. */
class OptionsTests {

    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(Consumer<Tls.Builder> options) {
        Tls.Builder builder = Tls.builder();
        options.accept(builder);
        return assertThatThrownBy(builder::create).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVersionThatIsNoneOfThisJdk() {
        refusal(tls -> tls.protocols("TLSv1.3", "TLSv1.4"))
                .hasMessageStartingWith("protocols: found 'TLSv1.4' (expected: of what this JDK has: ")
                .hasMessageEndingWith(", TLSv1, TLSv1.1, TLSv1.2, TLSv1.3)");
    }

    @Test
    void aCipherSuiteThatIsNoneOfThisJdk() {
        refusal(tls -> tls.cipherSuites("TLS_AES_512"))
                .hasMessageStartingWith(
                        "cipherSuites: found 'TLS_AES_512' (expected: of what this JDK has: TLS_AES_128_GCM_SHA256, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a..b", "256.0.0.1/8", "[::1]", "http://a"})
    void aNameThatIsNone(String name) {
        refusal(tls -> tls.names(name))
                .hasMessage("names: found '" + name + "' (expected: DNS names and IP addresses)");
    }

    @Test
    void aServerNameThatIsNone() {
        refusal(tls -> tls.serverNames("a b")).hasMessage("serverNames: found 'a b' (expected: DNS names)");
        refusal(tls -> tls.serverNames("127.0.0.1"))
                .hasMessage("serverNames: found '127.0.0.1' (expected: DNS names; there is no SNI for an IP address)");
    }

    @Test
    void anApplicationProtocolWithoutName() {
        refusal(tls -> tls.applicationProtocols(""))
                .hasMessage("applicationProtocols: found '' (expected: names of 1 to 255 bytes, such as h2)");
    }

    @Test
    void nothingIsToBeTypedOfThisModule() throws Exception {
        try (InputStream in = CertificateProvider.class.getResourceAsStream("/module-info.class")) {
            ModuleDescriptor descriptor = ModuleDescriptor.read(in);
            assertThat(descriptor.exports()).isEmpty();
            assertThat(descriptor.opens()).isEmpty();
            assertThat(descriptor.provides()).singleElement().satisfies(provides -> {
                assertThat(provides.service()).isEqualTo("org.junitsockets.spi.TlsProvider");
                assertThat(provides.providers()).containsExactly(CertificateProvider.class.getName());
            });
        }
        try (InputStream in =
                CertificateProvider.class.getResourceAsStream("/META-INF/services/org.junitsockets.spi.TlsProvider")) {
            assertThat(new String(in.readAllBytes()).strip()).isEqualTo(CertificateProvider.class.getName());
        }
    }
}
