package org.junitsockets.testcontainers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsockets.testcontainers.engine.NeedsEngine;
import org.testcontainers.DockerClientFactory;

/** What is wrong with a declaration, or with what it declares, is said there; and nothing is left of it. */
@NeedsEngine
class MistakeTests {

    /** What is in the commands of the containers that were begun. */
    private static final Map<Class<?>, String> MARKS = Map.of(
            MistakeTestCases.NoProgram.class, "program-of-mistakes",
            MistakeTestCases.EndsAtOnce.class, "mark-ends",
            MistakeTestCases.NobodyListens.class, "mark-idle",
            MistakeTestCases.AnotherGreeting.class, "mark-greet");

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        MistakeTestCases.NoContainer.class,
                        "@WithRemoteEndpoint(port = 80) on parameter 'client' of MistakeTestCases.NoContainer.test(Socket):"
                                + " found no container (expected: one of image, imageFrom, container and containerFrom)"),
                arguments(
                        MistakeTestCases.TwoContainers.class,
                        ": found image and imageFrom (expected: one of image, imageFrom, container and containerFrom)"),
                arguments(MistakeTestCases.NoPort.class, ": port = 0 (expected: 1 to 65535)"),
                arguments(
                        MistakeTestCases.BadFurtherPort.class,
                        ": ports = \"dns\" (expected: one such as 8222, 8222/tcp or 53/udp)"),
                arguments(
                        MistakeTestCases.BadTransport.class,
                        ": transport = UNIX (expected: one that has IP addresses and ports)"),
                arguments(
                        MistakeTestCases.BadDuration.class,
                        ": startDeadline: found 'soon' (expected: a duration such as 500ms, 5s, 2m or PT5S)"),
                arguments(
                        MistakeTestCases.BadGreeting.class,
                        ": greeting = \"(220\" (expected: a regular expression): Unclosed group"),
                arguments(
                        MistakeTestCases.NoField.class,
                        ": found no field 'redis' (expected: a field that holds a GenericContainer)"),
                arguments(
                        MistakeTestCases.WrongField.class,
                        ": found a String in the field 'REDIS' (expected: a GenericContainer)"),
                arguments(
                        MistakeTestCases.EmptyField.class,
                        ": found nothing in the field 'redis' (expected: a GenericContainer that is there before the"
                                + " endpoint is asked for)"),
                arguments(
                        MistakeTestCases.SettingsOfAnother.class,
                        ": found settings of a container that is made elsewhere (expected: none of environment, command,"
                                + " files, networkAliases and user beside container)"),
                arguments(
                        MistakeTestCases.FinalField.class,
                        "on field MistakeTestCases.FinalField.client: found a final field (expected: one that can be"
                                + " assigned)"),
                arguments(
                        MistakeTestCases.TwoWithoutNames.class,
                        "found @WithRemoteEndpoint(image = \"a\", port = 80) on class MistakeTestCases.TwoWithoutNames and"
                                + " @WithRemoteEndpoint(image = \"b\", port = 80) on class"
                                + " MistakeTestCases.TwoWithoutNames, both without a name (expected: a name each)"),
                arguments(
                        MistakeTestCases.OfAServer.class,
                        "found the type SocketServer (expected: one of Socket, SSLSocket, SocketChannel"),
                arguments(
                        MistakeTestCases.AServerSocket.class,
                        ": found a ServerSocket asked for of @WithProgram on class MistakeTestCases.AServerSocket, which is"
                                + " not served by this test (expected: one of Socket, SSLSocket, SocketChannel"),
                arguments(
                        MistakeTestCases.AnotherObject.class,
                        "@Endpoint on parameter 'text' of MistakeTestCases.AnotherObject.test(String): found the type String"
                                + " (expected: one of Socket, SSLSocket"),
                arguments(
                        MistakeTestCases.AnotherPort.class,
                        ": found no server of the name 'program:1' (expected: one of 'program' or 'program:7001' or"
                                + " 'program:7000/udp' (@WithProgram on class"),
                arguments(
                        MistakeTestCases.Unshared.class,
                        ": found exclusive = true of a container that nobody shares (expected: lifetime = CLASS or SESSION)"),
                arguments(
                        MistakeTestCases.NoTest.class,
                        ": found lifetime = TEST where there is no test, but a class (expected: CLASS or SESSION)"),
                arguments(
                        MistakeTestCases.BadSupplier.class,
                        ": imageFrom Refusing cannot supply anything: java.lang.IllegalStateException: no image today"
                                + " (expected: a class, static if it is nested, with a constructor without parameters)"),
                arguments(
                        MistakeTestCases.NoImage.class,
                        ": found no image 'localhost:1/nobody:1' on the engine, and it could not be fetched: "),
                arguments(
                        MistakeTestCases.BadEnvironment.class,
                        ": environment = \"LANG\" (expected: one such as LANG=C)"),
                arguments(
                        MistakeTestCases.BadFile.class,
                        ": files = \"x\" (expected: one such as redis.conf -> /etc/redis/redis.conf)"),
                arguments(
                        MistakeTestCases.NoFile.class,
                        ": files: found no 'no/such' (expected: a resource of the class path, or a file of this machine)"),
                arguments(MistakeTestCases.NoProgram.class, ": the container could not be started: "),
                arguments(
                        MistakeTestCases.EndsAtOnce.class,
                        ": found the container ended with exit code 3 (expected: one that runs and listens on port 7000)\n"
                                + "  the end of the log of GenericContainer of @WithRemoteEndpoint("),
                arguments(
                        MistakeTestCases.NobodyListens.class,
                        ": found port 7000 of the container not ready within 4s: Connection refused (expected: a program"
                                + " that listens on it at all addresses)\n  the end of the log of GenericContainer of"),
                arguments(
                        MistakeTestCases.AnotherGreeting.class,
                        ": found port 7000 of the container not ready within 4s: read \"220 at your service\\x0d\\x0a\" and"
                                + " then the end (expected: a greeting that begins with 'SSH-2.0')\n  the end of the log"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isSaid(Class<?> cases, String message) {
        Throwable thrown = Run.of(cases).fails();
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown).hasMessageNotContaining("com.github.dockerjava");
        assertThat(left(MARKS.getOrDefault(cases, "none of these"))).isEmpty();
    }

    /** Containers that have a mark in their command. */
    private static Stream<String> left(String mark) {
        return DockerClientFactory.lazyClient().listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> String.valueOf(container.getCommand()))
                .filter(command -> command.contains(mark));
    }
}
