package org.junitsockets.testcontainers.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;

class ShippedClassLoaderTests {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /** Knows core, as an agent does, and nothing of the tests. */
    private final ShippedClassLoader loader = new ShippedClassLoader(
            new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    if (name.startsWith(SocketServer.class.getName()) || name.equals(Supplier.class.getName())) {
                        return SocketServer.class.getClassLoader().loadClass(name);
                    }
                    throw new ClassNotFoundException(name);
                }
            },
            name -> {
                asked.add(name);
                if (name.contains("Broken")) {
                    throw new IOException("the connection to the test has ended");
                }
                try (InputStream in = ShippedClassLoaderTests.class.getResourceAsStream("/" + name)) {
                    return in == null ? null : in.readAllBytes();
                }
            });

    static final class Needing implements Supplier<String> {
        @Override
        public String get() {
            return Needing.class.getPackageName() + " " + Needing.class.getResourceAsStream("none.txt") + " "
                    + new Needed("x") + " " + (Needing.class.getResourceAsStream("Needing.class") == null) + " "
                    + SocketServer.class.getSimpleName();
        }
    }

    record Needed(String text) {}

    @Test
    void classesComeFromTheSourceUnlessTheAgentHasThem() throws Exception {
        Class<?> type = loader.loadClass(Needing.class.getName());
        assertThat(type).isNotSameAs(Needing.class);
        assertThat(type.getClassLoader()).isSameAs(loader);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        assertThat(((Supplier<?>) constructor.newInstance()).get())
                .isEqualTo("org.junitsockets.testcontainers.agent null Needed[text=x] true SocketServer");
        assertThat(asked)
                .contains(
                        "org/junitsockets/testcontainers/agent/ShippedClassLoaderTests$Needed.class",
                        "org/junitsockets/testcontainers/agent/none.txt")
                .noneMatch(name -> name.contains("SocketServer"));
        assertThat(loader.loadClass(SocketServer.class.getName())).isSameAs(SocketServer.class);
    }

    @Test
    void whatIsNotThereIsSaidAndNotAskedForAgain() {
        assertThatThrownBy(() -> loader.loadClass("org.example.Nothing"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessage("org.example.Nothing, needed by a handler in the agent: it is neither in the agent nor"
                        + " where the test is");
        assertThatThrownBy(() -> loader.loadClass("org.example.Broken"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessage("org.example.Broken, needed by a handler in the agent: the connection to the test has"
                        + " ended");
        for (int i = 0; i < 3; i++) {
            assertThat(loader.getResourceAsStream("absent")).isNull();
            assertThat(loader.getResourceAsStream("../secret")).isNull();
        }
        assertThat(asked)
                .containsExactlyElementsOf(List.of("org/example/Nothing.class", "org/example/Broken.class", "absent"));
    }
}
