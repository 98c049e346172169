package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsockets.ClientAuthentication;
import org.junitsockets.Tls;
import org.junitsockets.TlsCertificate;
import org.junitsockets.TlsStall;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.TlsOptions;

/** From an annotation to options; and where it may not stand. */
class WithTlsTests {

    private static final String CASES = "WithTlsTestCases.";

    private static List<ServerSpec> specs(Class<?> declaring) {
        Settings settings = Settings.fromSystemProperties();
        return Declared.on(declaring).stream()
                .map(declared -> declared.toSpec(settings, Choice.byDefault(Transport.TCP)))
                .toList();
    }

    private static @Nullable TlsOptions options(ServerSpec spec) {
        @Nullable Tls tls = spec.tls();
        return tls == null ? null : tls.options();
    }

    @Test
    void everyAttribute() {
        assertThat(specs(WithTlsTestCases.Everything.class))
                .extracting(WithTlsTests::options)
                .containsExactly(new TlsOptions(
                        TlsCertificate.WRONG_NAME,
                        List.of("db.example", "192.0.2.1"),
                        ClientAuthentication.REQUIRED,
                        List.of("TLSv1.2"),
                        List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                        List.of("h2", "http/1.1"),
                        List.of("db.example"),
                        false,
                        TlsStall.MID_HANDSHAKE));
    }

    @Test
    void itIsForAllServersBesideIt() {
        assertThat(specs(WithTlsTestCases.OnAClass.class))
                .hasSize(2)
                .allSatisfy(spec -> assertThat(options(spec)).isEqualTo(TlsOptions.DEFAULT))
                .extracting(ServerSpec::transport)
                .containsExactly(Transport.TCP, Transport.UNIX);
    }

    @Test
    void onAnAnnotationOfOnesOwn() {
        assertThat(specs(WithTlsTestCases.OnAnAnnotation.class)).singleElement().satisfies(spec -> {
            assertThat(spec.name()).isEqualTo("db");
            assertThat(options(spec))
                    .isNotNull()
                    .extracting(TlsOptions::certificate)
                    .isEqualTo(TlsCertificate.EXPIRED);
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {WithTlsTestCases.OnAPair.class, WithTlsTestCases.OverTls.class})
    void defaults(Class<?> declaring) {
        assertThat(specs(declaring)).extracting(WithTlsTests::options).containsExactly(TlsOptions.DEFAULT);
    }

    @Test
    void without() {
        assertThat(specs(WithTlsTestCases.Without.class))
                .singleElement()
                .extracting(ServerSpec::tls)
                .isNull();
    }

    static Stream<Arguments> mistakes() {
        String beside = ": no server is declared there (expected: @WithSocketServer beside it, or a parameter or"
                + " field of type Tls)";
        String noStream = ": found the transport UDP, which lacks a stream of bytes (expected: one of TCP, TCP6, UNIX,"
                + " TLS, VSOCK)";
        return Stream.of(
                arguments(
                        WithTlsTestCases.BesideNothing.class,
                        "@WithTls on parameter 'server' of " + CASES + "BesideNothing.test(SocketServer)" + beside),
                arguments(
                        WithTlsTestCases.OnAMethodWithoutAServer.class,
                        "@WithTls(certificate = EXPIRED) on method " + CASES
                                + "OnAMethodWithoutAServer.test(SocketServer)" + beside),
                arguments(
                        WithTlsTestCases.OnAClassWithoutAServer.class,
                        "@WithTls on class " + CASES + "OnAClassWithoutAServer" + beside),
                arguments(
                        WithTlsTestCases.OnALifecycleMethodWithoutAServer.class,
                        "@WithTls on method " + CASES + "OnALifecycleMethodWithoutAServer.before(SocketServer)"
                                + beside),
                arguments(
                        WithTlsTestCases.OnAFieldWithoutAServer.class,
                        "@WithTls on field " + CASES + "OnAFieldWithoutAServer.server" + beside),
                arguments(
                        WithTlsTestCases.UnknownProtocol.class,
                        "@WithTls(protocols = {\"TLSv1.3\", \"TLSv9\"}) on field " + CASES
                                + "UnknownProtocol.server: protocols: found 'TLSv9' (expected: of what this JDK has: "),
                arguments(
                        WithTlsTestCases.UnknownProtocolOfAnIdentity.class,
                        "@WithTls(protocols = \"TLSv9\") on parameter 'tls' of " + CASES
                                + "UnknownProtocolOfAnIdentity.test(Tls): protocols: found 'TLSv9' (expected: "),
                arguments(
                        WithTlsTestCases.Twice.class,
                        "method " + CASES + "Twice.test(SocketServer): found @WithTlsTestCases.Composed and @WithTls"
                                + " (expected: one of them)"),
                arguments(
                        WithTlsTestCases.OverDatagrams.class,
                        "@WithTls on server 'db' (@WithSocketServer(name = \"db\", transport = UDP) on parameter"
                                + " 'server' of " + CASES + "OverDatagrams.test(SocketServer))" + noStream),
                arguments(
                        WithTlsTestCases.OnAPairOverDatagrams.class,
                        "(@WithSocketPair(transport = UDP) on parameter 'pair' of " + CASES
                                + "OnAPairOverDatagrams.test(SocketPair))" + noStream),
                arguments(
                        WithTlsTestCases.OfAChannel.class,
                        "the type SocketChannel on parameter 'client' of " + CASES
                                + "OfAChannel.test(SocketChannel) of server (@WithSocketServer(transport = TCP) on"
                                + " method " + CASES + "OfAChannel.test(SocketChannel)): found the transport TCP with"
                                + " TLS, over which there is no SocketChannel (expected: Socket, SSLSocket,"
                                + " SocketConnection)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistake(Class<?> testCases, String message) {
        assertThat(Run.of(testCases).fails()).hasMessageContaining(message);
    }

    @Test
    void overWhatAParameterChoseItIsSkipped() {
        Run run = Run.of(
                WithTlsTestCases.OverWhatAParameterChose.class,
                Map.of("junitsockets.transports", "UDP", "junitsockets.require", "UDP"));
        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted())
                .singleElement()
                .asString()
                .endsWith(": found the transport UDP, which lacks a stream of bytes (expected: one of TCP, TCP6, UNIX,"
                        + " TLS, VSOCK)");
    }
}
