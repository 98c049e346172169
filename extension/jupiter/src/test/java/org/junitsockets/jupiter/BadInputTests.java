package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each mistake prints: what was found, what was expected, and where. */
class BadInputTests {

    static Stream<Arguments> mistakes() {
        String cases = "BadInputTestCases.";
        return Stream.of(
                arguments(
                        BadInputTestCases.FinalField.class,
                        "@WithSocketServer on field " + cases
                                + "FinalField.server: found a final field (expected: one that can be assigned)"),
                arguments(
                        BadInputTestCases.FinalStaticField.class,
                        "@WithSocketServer on field " + cases
                                + "FinalStaticField.SERVER: found a final field (expected: one that can be assigned)"),
                arguments(
                        BadInputTestCases.UnsupportedField.class,
                        "@WithSocketServer on field " + cases
                                + "UnsupportedField.server: found the type String (expected:"
                                + " one of SocketServer, ServerSocket, SSLServerSocket, ServerSocketChannel,"
                                + " AsynchronousServerSocketChannel, DatagramSocket, DatagramChannel, Socket,"
                                + " SSLSocket, SocketChannel, AsynchronousSocketChannel,"
                                + " SocketConnection, SocketPair, InetSocketAddress, UnixDomainSocketAddress,"
                                + " SocketAddress, URI, int, Integer)"),
                arguments(
                        BadInputTestCases.UnsupportedParameters.class,
                        "@Connected on parameter 'client' of " + cases
                                + "UnsupportedParameters.connected(SocketServer, InetSocketAddress): found the type"
                                + " InetSocketAddress (expected: one of Socket, SSLSocket, SocketChannel,"
                                + " AsynchronousSocketChannel, DatagramSocket, DatagramChannel, SocketConnection)"),
                arguments(
                        BadInputTestCases.PortOfAString.class,
                        "@Port on parameter 'port' of " + cases
                                + "PortOfAString.test(String): found the type String (expected: one of int, Integer)"),
                arguments(
                        BadInputTestCases.TwoAnnotations.class,
                        "parameter 'port' of " + cases
                                + "TwoAnnotations.test(int): found @Port and @RefusedEndpoint (expected: one of them)"),
                arguments(
                        BadInputTestCases.TwoDeclarationsOnAParameter.class,
                        "parameter 'server' of " + cases + "TwoDeclarationsOnAParameter.test(SocketServer): found 'a'"
                                + " (@WithSocketServer(name = \"a\") on parameter 'server'"),
                arguments(
                        BadInputTestCases.FinalClients.class,
                        "@WithSocketClients on field " + cases
                                + "FinalClients.clients: found a final field (expected: one that can be assigned)"),
                arguments(
                        BadInputTestCases.ClientsOfAnotherType.class,
                        "@WithSocketClients on parameter 'client' of " + cases
                                + "ClientsOfAnotherType.test(Socket): found the type Socket (expected: one of"
                                + " SocketClients)"),
                arguments(
                        BadInputTestCases.ClientsOfAServer.class,
                        "@WithSocketServer on parameter 'clients' of " + cases
                                + "ClientsOfAServer.test(SocketClients): found the type SocketClients (expected: one"
                                + " of SocketServer, "),
                arguments(
                        BadInputTestCases.ClientsAndAServer.class,
                        "parameter 'clients' of " + cases + "ClientsAndAServer.test(SocketClients): found"
                                + " @WithSocketClients and @WithSocketServer on parameter 'clients' of " + cases
                                + "ClientsAndAServer.test(SocketClients) (expected: one of them)"),
                arguments(
                        BadInputTestCases.ClientsAndARefusedEndpoint.class,
                        "@RefusedEndpoint on parameter 'clients' of " + cases
                                + "ClientsAndARefusedEndpoint.test(SocketClients): found the type SocketClients"),
                arguments(
                        BadInputTestCases.DeadlineOfClientsThatDoesNotParse.class,
                        "@WithSocketClients(deadline = \"soon\") on method " + cases
                                + "DeadlineOfClientsThatDoesNotParse.test(SocketClients): deadline: found 'soon'"
                                + " (expected: a duration such as 500ms, 5s, 2m or PT5S)"),
                arguments(
                        BadInputTestCases.AmbiguousName.class,
                        "the type Socket on parameter 'client' of " + cases + "AmbiguousName.test(Socket): which server"
                                + " is meant? Found 'primary' (@WithSocketServer(name = \"primary\") on class " + cases
                                + "AmbiguousName), 'replica' (@WithSocketServer(handler = Echo.class, name ="
                                + " \"replica\") on class " + cases + "AmbiguousName) (expected: a name, as in"
                                + " @Connected(\"primary\"))"),
                arguments(
                        BadInputTestCases.UnknownName.class,
                        "@Connected(\"primry\") on parameter 'client' of " + cases
                                + "UnknownName.test(Socket): found no"
                                + " server of the name 'primry' (expected: one of 'primary' (@WithSocketServer(name ="
                                + " \"primary\") on class " + cases + "UnknownName))"),
                arguments(
                        BadInputTestCases.TwoNames.class,
                        "@Connected(\"a\") on parameter 'c' of " + cases
                                + "TwoNames.test(SocketServer, Socket): found the"
                                + " name 'a' beside @WithSocketServer(name = \"b\") on parameter 'c' of " + cases
                                + "TwoNames.test(SocketServer, Socket) (expected: its own name, or one of the two)"),
                arguments(
                        BadInputTestCases.NothingDeclared.class,
                        "the type Socket on parameter 'client' of " + cases + "NothingDeclared.test(int, Socket): no"
                                + " server is declared for it (expected: @WithSocketServer on it, its method or its"
                                + " class)"),
                arguments(
                        BadInputTestCases.SameNameTwice.class,
                        "found @WithSocketServer(name = \"a\") on method " + cases + "SameNameTwice.test(SocketServer)"
                                + " and @WithSocketServer(name = \"a\") on method " + cases
                                + "SameNameTwice.test(SocketServer), both named 'a' (expected: a name each)"),
                arguments(
                        BadInputTestCases.TwoFieldsOfOneName.class,
                        "found @WithSocketServer(name = \"a\") on field " + cases + "TwoFieldsOfOneName.one and"
                                + " @WithSocketServer(handler = Echo.class, name = \"a\") on field " + cases
                                + "TwoFieldsOfOneName.other, both named 'a' (expected: a name each)"),
                arguments(
                        BadInputTestCases.FieldOfTheNameOfItsClass.class,
                        "found @WithSocketServer(handler = Echo.class, name = \"db\") on class " + cases
                                + "FieldOfTheNameOfItsClass and @WithSocketServer on field " + cases
                                + "FieldOfTheNameOfItsClass.db, both named 'db' (expected: a name each)"),
                arguments(
                        BadInputTestCases.SchemeThatIsNone.class,
                        "@Endpoint(scheme = \"not one\") on parameter 'uri' of " + cases
                                + "SchemeThatIsNone.test(URI): scheme = \"not one\" (expected: one such as http)"),
                arguments(
                        BadInputTestCases.NothingUsesIt.class,
                        "@WithSocketServer(name = \"db\") on method " + cases + "NothingUsesIt.test(): nothing uses it"
                                + " (expected: a parameter that asks for it, such as SocketServer server)"),
                arguments(
                        BadInputTestCases.NothingUsesThePair.class,
                        "@WithSocketPair on method " + cases + "NothingUsesThePair.test(): nothing uses it (expected: a"
                                + " parameter that asks for it, such as SocketPair pair)"),
                arguments(
                        BadInputTestCases.NothingUsesThatOfBeforeEach.class,
                        "@WithSocketServer(name = \"db\") on method " + cases
                                + "NothingUsesThatOfBeforeEach.prepare(): nothing uses it"),
                arguments(
                        BadInputTestCases.BeforeAllOfAClassAnnotation.class,
                        "the type SocketServer on parameter 'server' of " + cases
                                + "BeforeAllOfAClassAnnotation.beforeAll(SocketServer): found @WithSocketServer on class "
                                + cases + "BeforeAllOfAClassAnnotation, of which each test gets its own (expected: a"
                                + " server of the whole class, as in @WithSocketServer static SocketServer server;)"),
                arguments(
                        BadInputTestCases.StaticFieldOfAClassAnnotation.class,
                        "@Connected(\"db\") on field " + cases + "StaticFieldOfAClassAnnotation.client: found"
                                + " @WithSocketServer(name = \"db\") on class " + cases
                                + "StaticFieldOfAClassAnnotation,"
                                + " of which each test gets its own (expected: a server of the whole class, as in"
                                + " @WithSocketServer static SocketServer db;)"),
                arguments(
                        BadInputTestCases.HandlerThatNeedsArguments.class,
                        ": handler BadInputTestCases.NeedsArguments cannot be created: "),
                arguments(
                        BadInputTestCases.HandlerThatIsInner.class,
                        ": handler BadInputTestCases.InnerHandler cannot be created: "),
                arguments(
                        BadInputTestCases.HandlerThatThrows.class,
                        ": handler BadInputTestCases.ThrowingConstructor cannot be created:"
                                + " java.lang.IllegalStateException: no way (expected: a class, static if it is nested,"
                                + " with a constructor without parameters)"),
                arguments(
                        BadInputTestCases.NegativeBacklog.class,
                        "@WithSocketServer(backlog = -1, name = \"db\") on parameter 'server' of " + cases
                                + "NegativeBacklog.test(SocketServer): backlog = -1 (expected: at least 1)"),
                arguments(
                        BadInputTestCases.NegativeBuffer.class,
                        ": receiveBuffer = -2 (expected: a size in bytes, or 0 for the default)"),
                arguments(
                        BadInputTestCases.NegativeSendBuffer.class,
                        ": sendBuffer = -2 (expected: a size in bytes, or 0 for the default)"),
                arguments(
                        BadInputTestCases.DeadlineThatDoesNotParse.class,
                        "@WithSocketServer(deadline = \"5 parsecs\") on parameter 'server' of " + cases
                                + "DeadlineThatDoesNotParse.test(SocketServer): deadline: found '5 parsecs' (expected: a"
                                + " duration such as 500ms, 5s, 2m or PT5S)"),
                arguments(
                        BadInputTestCases.TwoLocations.class,
                        "@WithSocketServer(location = {IN_PROCESS, CONTAINER}) on parameter 'server' of " + cases
                                + "TwoLocations.test(SocketServer): location = [in-process, container] (expected: one"
                                + " of them)"),
                arguments(
                        BadInputTestCases.WithoutTheArtifact.class,
                        "@WithSocketServer(location = CONTAINER) on parameter 'server' of " + cases
                                + "WithoutTheArtifact.test(SocketServer): location: found 'container', which needs the"
                                + " artifact org.junitsockets:junit-sockets-testcontainers, and that is not on the"
                                + " class path (expected: in-process)"),
                arguments(
                        BadInputTestCases.AServerFromElsewhere.class,
                        "@Endpoint(from = CONTAINER) on parameter 'server' of " + cases
                                + "AServerFromElsewhere.test(SocketServer): found from = CONTAINER with the type"
                                + " SocketServer (expected: an address, a URI or a port)"),
                arguments(
                        BadInputTestCases.APortFromElsewhere.class,
                        "@Port(from = CONTAINER) on parameter 'port' of " + cases
                                + "APortFromElsewhere.test(int): from: found 'container', which needs the artifact"),
                arguments(BadInputTestCases.TwoTransports.class, ": transport = [TCP, TCP6] (expected: one of them)"),
                arguments(
                        BadInputTestCases.TwoTransportsOfADeadEnd.class,
                        ": transport = [TCP, TCP6] (expected: one of them)"),
                arguments(
                        BadInputTestCases.TwoHandlers.class,
                        "@WithSocketServer(handler = Echo.class) on parameter 'server' of " + cases
                                + "TwoHandlers.test(SocketServer)): two handlers: org.junitsockets.Echo and"
                                + " org.junitsockets.Silent (expected: one; scripts are for single connections)"),
                arguments(
                        BadInputTestCases.RawServerWithHandler.class,
                        "@WithSocketServer(handler = Echo.class) on class " + cases + "RawServerWithHandler: found a"
                                + " handler and a ServerSocket, on which only the test can accept (expected: a"
                                + " SocketServer, or no handler)"),
                arguments(
                        BadInputTestCases.TwoTypesOfServer.class,
                        "the type ServerSocket on parameter 'socket' of " + cases
                                + "TwoTypesOfServer.test(ServerSocketChannel, ServerSocket): found a ServerSocket asked"
                                + " for of server (@WithSocketServer on class " + cases + "TwoTypesOfServer), which is"
                                + " open as another type of server already (ServerSocketChannel"),
                arguments(
                        BadInputTestCases.OursAndRaw.class,
                        "the type SocketServer on parameter 'ours' of " + cases
                                + "OursAndRaw.test(SocketServer, ServerSocket): found a SocketServer asked for of"),
                arguments(
                        BadInputTestCases.PairOfAServerWithHandler.class,
                        "the type SocketPair on parameter 'pair' of " + cases
                                + "PairOfAServerWithHandler.test(SocketPair): found a handler on the other end,"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistake(Class<?> testCases, String message) {
        assertThat(Run.of(testCases).fails()).hasMessageContaining(message);
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                arguments(
                        "junitsockets.location",
                        "moon",
                        "junitsockets.location: found 'moon' (expected: one of in-process, container)"),
                arguments("junitsockets.deadline", "soon", "junitsockets.deadline: found 'soon' (expected: a duration"),
                arguments("junitsockets.deadline", "0s", "found '0s' (expected: between 1 ms and a day)"),
                arguments(
                        "junitsockets.deadline.factor",
                        "-1",
                        "junitsockets.deadline.factor: found '-1' (expected: a number above 0"),
                arguments(
                        "junitsockets.transports",
                        "CARRIER_PIGEON",
                        "junitsockets.transports: found 'CARRIER_PIGEON' (expected: one of [TCP, TCP6, "),
                arguments(
                        "junitsockets.location",
                        "container",
                        "junitsockets.location: found 'container', which needs the artifact"
                                + " org.junitsockets:junit-sockets-testcontainers, and that is not on the class path"
                                + " (expected: in-process)"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("parameters")
    void configurationParameter(String name, String value, String message) {
        assertThat(Run.of(BadInputTestCases.Fine.class, Map.of(name, value)).fails())
                .hasMessageContaining(message);
    }

    @Test
    void useAfterTheEndOfTheScope() {
        Run.of(BadInputTestCases.UseAfterTheTest.class).passes(1);
        assertThatThrownBy(() -> BadInputTestCases.UseAfterTheTest.kept.accept())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("accept() on server 'db' (@WithSocketServer(name = \"db\") on parameter 'server' of"
                        + " BadInputTestCases.UseAfterTheTest.test(SocketServer, SocketConnection)): it is closed"
                        + " (expected: a call before the end of its scope)");
        assertThatThrownBy(() -> BadInputTestCases.UseAfterTheTest.client.readLine())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("readLine() on client 1 of server 'db'")
                .hasMessageEndingWith("already ended here by the end of its scope");
    }
}
