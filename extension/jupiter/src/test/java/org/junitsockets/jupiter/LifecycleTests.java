package org.junitsockets.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;

/** How long what lives, for every way of running a test; and that it is closed then. */
class LifecycleTests {

    private static List<SocketServer> servers(Class<?> by) {
        List<SocketServer> servers = seen(by).stream()
                .filter(SocketServer.class::isInstance)
                .map(SocketServer.class::cast)
                .toList();
        // Not by a connect: by now anybody may listen there.
        assertThat(LeakListener.listening())
                .noneMatch(address ->
                        servers.stream().anyMatch(server -> address.endsWith(String.format(":%04X", server.port()))));
        return servers;
    }

    private static List<Object> seen(Class<?> by) {
        return LifecycleTestCases.SEEN.getOrDefault(by, List.of());
    }

    private static void clientsAreClosed(Class<?> by) {
        assertThat(seen(by).stream().filter(Socket.class::isInstance))
                .isNotEmpty()
                .allMatch(socket -> ((Socket) socket).isClosed());
    }

    @Test
    void parametersOfTestsAndLifecycleMethods() {
        Run.of(LifecycleTestCases.Parameters.class).passes(2);
        assertThat(servers(LifecycleTestCases.Parameters.class))
                .as("one of @BeforeAll's own, one of each test")
                .hasSize(3)
                .doesNotHaveDuplicates();
        clientsAreClosed(LifecycleTestCases.Parameters.class);
    }

    @Test
    void constructorPerMethod() {
        Run.of(LifecycleTestCases.ConstructorPerMethod.class).passes(2);
        assertThat(servers(LifecycleTestCases.ConstructorPerMethod.class))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void constructorPerClass() {
        Run.of(LifecycleTestCases.ConstructorPerClass.class).passes(2);
        assertThat(servers(LifecycleTestCases.ConstructorPerClass.class)).hasSize(1);
    }

    @Test
    void fields() {
        Run.of(LifecycleTestCases.Fields.class).passes(2);
        assertThat(servers(LifecycleTestCases.Fields.class))
                .as("one of the class, one of each test")
                .hasSize(3)
                .doesNotHaveDuplicates();
        clientsAreClosed(LifecycleTestCases.Fields.class);
    }

    @Test
    void fieldsPerClass() {
        Run.of(LifecycleTestCases.FieldsPerClass.class).passes(2);
        assertThat(servers(LifecycleTestCases.FieldsPerClass.class)).hasSize(2);
        assertThat(List.copyOf(Set.copyOf(servers(LifecycleTestCases.FieldsPerClass.class))))
                .as("the same for both tests")
                .hasSize(1);
    }

    @Test
    void nested() {
        Run.of(LifecycleTestCases.Outer.class).passes(4);
        assertThat(servers(LifecycleTestCases.Outer.class))
                .as("the outer class's, for each test")
                .hasSize(4)
                .doesNotHaveDuplicates();
        assertThat(servers(LifecycleTestCases.Outer.Inner.class)).hasSize(2).doesNotHaveDuplicates();
        List<SocketServer> perClass = servers(LifecycleTestCases.Outer.InnerPerClass.class);
        assertThat(perClass).hasSize(2);
        assertThat(perClass.get(0)).isSameAs(perClass.get(1));
    }

    @Test
    void repeatedAndParameterized() {
        Run.of(LifecycleTestCases.Repeated.class).passes(5);
        assertThat(servers(LifecycleTestCases.Repeated.class)).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void factory() {
        Run.of(LifecycleTestCases.Factory.class).passes(2);
        assertThat(servers(LifecycleTestCases.Factory.class))
                .as("open until the last dynamic test has ended")
                .hasSize(1);
    }

    @Test
    void inheritanceAndInterfaces() {
        Run.of(LifecycleTestCases.Derived.class).passes(2);
        assertThat(servers(LifecycleTestCases.Derived.class)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void composedAnnotations() {
        Run.of(LifecycleTestCases.Composed.class).passes(2);
    }

    @Test
    void pairs() {
        Run.of(LifecycleTestCases.Pairs.class).passes(1);
        assertThat(seen(LifecycleTestCases.Pairs.class)).hasSize(3).doesNotHaveDuplicates();
        Run.of(LifecycleTestCases.PairOfAServer.class).passes(1);
    }

    @Test
    void severalClients() {
        Run.of(LifecycleTestCases.SeveralClients.class).passes(1);
    }

    @Test
    void concurrentTests() {
        Run.concurrently(LifecycleTestCases.Concurrent.class).passes(4);
        assertThat(seen(LifecycleTestCases.Concurrent.class)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void everythingOverIpv6() {
        Run.of(LifecycleTestCases.Composed.class, Map.of("junitsockets.transports", "TCP6"))
                .passes(2);
    }

    @Test
    void inheritedStaticFieldOfClassesOneAfterTheOther() {
        Run.of(LifecycleTestCases.OneOfTwo.class, LifecycleTestCases.OtherOfTwo.class)
                .passes(2);
    }

    @Test
    void inheritedStaticFieldOfClassesAtTheSameTime() {
        Run run = Run.of(LifecycleTestCases.WithinOne.class);
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.fails())
                .hasMessage("field LifecycleTestCases.SharedStaticField.shared: found it in use by class"
                        + " LifecycleTestCases.WithinOne, which runs at the same time and inherits it too (expected:"
                        + " classes that run one after the other, or a field of each)");
    }

    @Test
    void inheritedNestedClassStandsInTheSubclass() {
        Run.of(LifecycleTestCases.InheritsNested.class).passes(1);
    }

    @Test
    void fieldThatAClassAndItsNestedClassInherit() {
        Run.of(LifecycleTestCases.InheritsTheSameAsItsNested.class).passes(1);
        assertThat(servers(LifecycleTestCases.BaseOfBoth.class))
                .as("what the same @BeforeEach got for either instance")
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void parameterOfAConstructorThatIsAFinalFieldToo() {
        Run.of(LifecycleTestCases.AnnotatedTwice.class).passes(1);
    }

    @Test
    void innermostLevelThatDeclaresAny() {
        Run.of(LifecycleTestCases.InnermostLevel.class).passes(1);
    }

    @Test
    void deadlineOfOneServerTimesTheFactorOfAll() {
        Run.of(LifecycleTestCases.OwnDeadline.class, Map.of("junitsockets.deadline.factor", "2.5"))
                .passes(1);
        assertThat(seen(LifecycleTestCases.OwnDeadline.class)).containsExactly(2500, 2500);
    }

    @Test
    void parameterThatAnotherExtensionGives() {
        Run.of(LifecycleTestCases.AnnotatedByOthers.class).passes(1);
    }

    @Test
    void recordAsATestClass() {
        Run.of(LifecycleTestCases.RecordOfAServer.class).passes(1);
    }

    @Test
    void whatAMethodDeclaresServesConstructorsAndFields() {
        Run.of(LifecycleTestCases.OfTheMethod.class).passes(1);
    }
}
