package org.junitsockets.testcontainers.endpoint;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsockets.Capability;
import org.junitsockets.Tls;
import org.junitsockets.Transport;
import org.junitsockets.jupiter.spi.EndpointFactory;
import org.junitsockets.jupiter.spi.EndpointRequest;
import org.junitsockets.jupiter.spi.OpenedEndpoint;
import org.junitsockets.testcontainers.Lifetime;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.junitsockets.testcontainers.engine.Engine;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;
import org.testcontainers.utility.DockerImageName;

/** Opens what {@link WithRemoteEndpoint} declares. */
@API(status = INTERNAL, since = "0.1")
public final class RemoteEndpointFactory implements EndpointFactory<WithRemoteEndpoint> {

    /** What is waited for is waited for by us, so that whatever fails is told in our words. */
    private static final WaitStrategy AT_ONCE = new WaitStrategy() {
        @Override
        public void waitUntilReady(WaitStrategyTarget target) {}

        @Override
        public WaitStrategy withStartupTimeout(Duration timeout) {
            return this;
        }
    };

    /** Made by the extension. */
    public RemoteEndpointFactory() {}

    @Override
    public String name(WithRemoteEndpoint annotation) {
        return annotation.name();
    }

    @Override
    public List<Transport> transports(WithRemoteEndpoint annotation) {
        for (Transport transport : annotation.transport()) {
            if (!transport.has(Capability.IP_ADDRESS)) {
                throw new IllegalArgumentException(
                        "transport = " + transport + " (expected: one that has IP addresses and ports)");
            }
        }
        return List.of(annotation.transport());
    }

    @Override
    public Map<String, Transport> ports(WithRemoteEndpoint annotation) {
        Map<String, Transport> ports = new LinkedHashMap<>();
        for (String port : annotation.ports()) {
            if (ports.put(port, ContainerPort.parse(port).transport()) != null) {
                throw new IllegalArgumentException("ports: found \"" + port + "\" twice (expected: each once)");
            }
        }
        return ports;
    }

    static List<ContainerPort> furtherPorts(WithRemoteEndpoint annotation) {
        return Stream.of(annotation.ports()).map(ContainerPort::parse).toList();
    }

    @Override
    public String deadline(WithRemoteEndpoint annotation) {
        return annotation.deadline();
    }

    @Override
    public List<Class<?>> types() {
        return List.of(GenericContainer.class);
    }

    @Override
    public boolean isShared(WithRemoteEndpoint annotation) {
        return annotation.lifetime() == Lifetime.CLASS || annotation.lifetime() == Lifetime.SESSION;
    }

    @Override
    public OpenedEndpoint open(EndpointRequest<WithRemoteEndpoint> request) {
        return new Opening(request).open();
    }

    /** One request while it is being met. */
    private static final class Opening {

        private final EndpointRequest<WithRemoteEndpoint> request;
        private final WithRemoteEndpoint said;
        private final String declaration;
        private final Recipe recipe;
        private final Duration patience;
        private final @Nullable Pattern greeting;

        Opening(EndpointRequest<WithRemoteEndpoint> request) {
            this.request = request;
            this.said = request.annotation();
            this.declaration = request.declaration();
            requireOneSource();
            try {
                this.recipe = Recipe.of(request);
            } catch (IllegalArgumentException e) {
                throw mistake(String.valueOf(e.getMessage()));
            }
            this.patience = request.duration("startDeadline", said.startDeadline());
            this.greeting = pattern();
            requireLifetime();
        }

        OpenedEndpoint open() {
            Engine engine = CommonEngine.require(request.transport(), declaration);
            Reaper.require(request.transport(), patience, said.startDeadline(), declaration);
            if (isOwn()) {
                RemoteContainer joined = join(engine);
                return endpoint(joined, joined::close);
            }
            if (said.lifetime() != Lifetime.CLASS && said.lifetime() != Lifetime.SESSION) {
                RemoteContainer started = start(engine);
                return endpoint(started, started::close);
            }
            Shared shared = said.lifetime() == Lifetime.SESSION
                    ? Shared.ofSession(request.context(), recipe)
                    : Shared.ofClass(request.context(), declaringClass(), recipe);
            Runnable leave =
                    shared.join(request.context(), said.exclusive(), patience, said.startDeadline(), declaration);
            boolean open = false;
            try {
                OpenedEndpoint endpoint =
                        new RemoteEndpoint(shared.get(() -> start(engine)), recipe.first(), declaration, leave);
                open = true;
                return endpoint;
            } finally {
                if (!open) {
                    leave.run();
                }
            }
        }

        /** One that ends with its scope. */
        private OpenedEndpoint endpoint(RemoteContainer container, Runnable end) {
            boolean open = false;
            try {
                OpenedEndpoint endpoint = new RemoteEndpoint(container, recipe.first(), declaration, end);
                open = true;
                return endpoint;
            } finally {
                if (!open) {
                    end.run();
                }
            }
        }

        // -- one that is made --------------------------------------------------------------------

        private RemoteContainer start(Engine engine) {
            Object image = said.image().isEmpty() ? supply(said.imageFrom(), "imageFrom") : said.image();
            DockerImageName name = Images.require(image, engine.client(), patience, said.startDeadline(), declaration);
            GenericContainer<?> container = new GenericContainer<>(name);
            container.waitingFor(AT_ONCE);
            container.withStartupCheckStrategy(new Started());
            for (String variable : said.environment()) {
                int equals = variable.indexOf('=');
                if (equals < 1) {
                    throw mistake("environment = \"" + variable + "\" (expected: one such as LANG=C)");
                }
                container.withEnv(variable.substring(0, equals), variable.substring(equals + 1));
            }
            if (said.command().length > 0) {
                container.withCommand(said.command());
            }
            ClassLoader loader = request.context().getRequiredTestClass().getClassLoader();
            for (String file : said.files()) {
                ContainerFiles.add(container, file, loader, declaration);
            }
            if (!said.user().isEmpty()) {
                container.withCreateContainerCmdModifier(create -> create.withUser(said.user()));
            }
            if (said.networkAliases().length > 0) {
                container.withNetwork(Network.SHARED).withNetworkAliases(said.networkAliases());
            }
            Way way = way(engine);
            RemoteContainer.publish(container, ports(), way);
            @Nullable Tls tls = identity(container, way);
            return RemoteContainer.start(container, way, tls, startOf(), container::stop);
        }

        private Way way(Engine engine) {
            return new Way(engine, request.hasTls());
        }

        private List<ContainerPort> ports() {
            return RemoteContainer.ports(recipe.first(), recipe.further());
        }

        private RemoteContainer.Start startOf() {
            return new RemoteContainer.Start(ports(), greeting, patience, said.startDeadline(), declaration);
        }

        private @Nullable Tls identity(GenericContainer<?> container, Way way) {
            if (!request.hasTls()) {
                return null;
            }
            Tls tls = request.createTls(List.of(way.publishedAt(recipe.first()).getHostAddress()));
            ContainerFiles.add(container, tls, recipe);
            return tls;
        }

        /** Testcontainers asks whether it runs; we look at it ourselves, and say how it ended. */
        private static final class Started extends StartupCheckStrategy {
            @Override
            public StartupStatus checkStartupState(DockerClient client, String containerId) {
                return StartupStatus.SUCCESSFUL;
            }
        }

        // -- one that is there -------------------------------------------------------------------

        private boolean isOwn() {
            return !said.container().isEmpty() || said.containerFrom() != WithRemoteEndpoint.NoSupplier.class;
        }

        private RemoteContainer join(Engine engine) {
            GenericContainer<?> container = said.container().isEmpty()
                    ? OwnContainers.require(supply(said.containerFrom(), "containerFrom"), "containerFrom", declaration)
                    : OwnContainers.inField(request);
            Way way = way(engine);
            Runnable leave = Joined.join(container);
            boolean prepared = false;
            @Nullable Tls tls;
            try {
                synchronized (container) {
                    if (request.hasTls() && container.isRunning()) {
                        throw mistake("found TLS on a container that runs already (expected: one that does not yet,"
                                + " so that the certificate can be copied into it)");
                    }
                    tls = identity(container, way);
                    if (tls != null) {
                        RemoteContainer.publish(container, ports(), way);
                    }
                }
                prepared = true;
            } finally {
                if (!prepared) {
                    leave.run();
                }
            }
            return RemoteContainer.start(container, way, tls, startOf(), leave);
        }

        // -- mistakes ----------------------------------------------------------------------------

        private void requireOneSource() {
            List<String> found = new ArrayList<>();
            Stream.of(said.image()).filter(text -> !text.isEmpty()).forEach(any -> found.add("image"));
            Stream.of(said.container()).filter(text -> !text.isEmpty()).forEach(any -> found.add("container"));
            if (said.imageFrom() != WithRemoteEndpoint.NoSupplier.class) {
                found.add("imageFrom");
            }
            if (said.containerFrom() != WithRemoteEndpoint.NoSupplier.class) {
                found.add("containerFrom");
            }
            if (found.size() != 1) {
                throw mistake("found " + (found.isEmpty() ? "no container" : String.join(" and ", found))
                        + " (expected: one of image, imageFrom, container and containerFrom)");
            }
            if (isOwn()
                    && (said.environment().length
                                    + said.command().length
                                    + said.files().length
                                    + said.networkAliases().length
                                    + said.user().length()
                            > 0)) {
                throw mistake("found settings of a container that is made elsewhere (expected: none of environment,"
                        + " command, files, networkAliases and user beside " + found.get(0) + ")");
            }
        }

        private void requireLifetime() {
            boolean shared = said.lifetime() == Lifetime.CLASS || said.lifetime() == Lifetime.SESSION;
            if (isOwn() && said.lifetime() != Lifetime.BY_PLACE) {
                throw mistake("found lifetime = " + said.lifetime() + " of a container that is made elsewhere"
                        + " (expected: none; it runs as long as it did before)");
            }
            if (said.exclusive() && !shared) {
                throw mistake("found exclusive = true of a container that nobody shares (expected: lifetime = CLASS"
                        + " or SESSION)");
            }
            if (said.lifetime() == Lifetime.TEST
                    && request.context().getTestMethod().isEmpty()) {
                throw mistake("found lifetime = TEST where there is no test, but a class (expected: CLASS or SESSION)");
            }
        }

        private @Nullable Pattern pattern() {
            if (said.greeting().isEmpty()) {
                return null;
            }
            if (recipe.first().isDatagram()) {
                throw mistake("found a greeting over " + request.transport()
                        + ", where a server does not speak first (expected: none)");
            }
            try {
                return Pattern.compile(said.greeting());
            } catch (PatternSyntaxException e) {
                throw mistake("greeting = \"" + said.greeting() + "\" (expected: a regular expression): "
                        + e.getDescription());
            }
        }

        private Object supply(Class<? extends Supplier<?>> type, String attribute) {
            @Nullable Object supplied;
            try {
                supplied = ReflectionSupport.newInstance(type).get();
            } catch (Exception | LinkageError e) { // whatever it is, also one that is not declared
                throw new ExtensionConfigurationException(
                        declaration + ": " + attribute + " " + type.getSimpleName() + " cannot supply anything: " + e
                                + " (expected: a class, static if it is nested, with a constructor without parameters)",
                        e);
            }
            if (supplied == null) {
                throw mistake(attribute + " " + type.getSimpleName() + ": found null (expected: what it is to supply)");
            }
            return supplied;
        }

        private ExtensionConfigurationException mistake(String what) {
            return new ExtensionConfigurationException(declaration + ": " + what);
        }

        private Class<?> declaringClass() {
            AnnotatedElement element = request.element();
            if (element instanceof Class<?> type) {
                return type;
            }
            return element instanceof Parameter parameter
                    ? parameter.getDeclaringExecutable().getDeclaringClass()
                    : ((Member) element).getDeclaringClass();
        }
    }
}
