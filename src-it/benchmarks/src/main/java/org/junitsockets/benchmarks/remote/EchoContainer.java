package org.junitsockets.benchmarks.remote;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A container of Testcontainers' with a Java runtime, in which a program echoes. */
final class EchoContainer extends GenericContainer<EchoContainer> {

    private static final String CLASSES = "/echo";
    private static final ExposedPort PORT = ExposedPort.tcp(EchoMain.PORT);

    /**
     * Makes one, which is not begun.
     *
     * @param image of the container
     * @param java where the runtime is in it
     */
    EchoContainer(String image, String java) {
        super(DockerImageName.parse(image));
        String file = EchoMain.class.getName().replace('.', '/') + ".class";
        withCopyToContainer(Transferable.of(content(file)), CLASSES + "/" + file);
        withExposedPorts(EchoMain.PORT);
        withCreateContainerCmdModifier(command -> {
            command.withEntrypoint(java).withCmd(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Xshare:auto",
                    "-cp",
                    CLASSES,
                    EchoMain.class.getName());
            requireNonNull(command.getHostConfig())
                    .withPublishAllPorts(false) // that would be at all addresses
                    .withPortBindings(new PortBinding(Ports.Binding.bindIp(address(getHost())), PORT));
        });
        waitingFor(Wait.forLogMessage(".*" + EchoMain.READY + ".*\\n", 1));
    }

    /** Where the engine is reached, which is not everybody's address. */
    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(String file) {
        try (InputStream in = EchoContainer.class.getClassLoader().getResourceAsStream(file)) {
            return requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket connect() throws IOException {
        return new Socket(getHost(), getMappedPort(EchoMain.PORT));
    }
}
