package org.junitsockets.samples.logging;

import static org.junitsockets.assertj.SocketAssertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.SocketAppender;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.core.net.TcpSocketManager;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;

/**
 * Log4j with a socket appender, apart from all other logging of this JVM.
 *
 * <p>The appender tells the application what goes wrong. By default it does not, and no test would
 * know what has been lost.
 */
final class SocketLogging implements AutoCloseable {

    private final InetSocketAddress server;
    private final LoggerContext context;

    private SocketLogging(InetSocketAddress server, LoggerContext context) {
        this.server = server;
        this.context = context;
    }

    static SocketLogging to(InetSocketAddress server) {
        return to(server, Map.of());
    }

    /** With attributes as in a configuration file. */
    static SocketLogging to(InetSocketAddress server, Map<String, Object> attributes) {
        StatusMessages.get(); // from now on
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        AppenderComponentBuilder appender = builder.newAppender("remote", "Socket")
                .addAttribute("host", server.getAddress().getHostAddress())
                .addAttribute("port", server.getPort())
                .addAttribute("ignoreExceptions", false)
                .addAttribute("reconnectDelayMillis", 10)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", "%m\n"));
        attributes.forEach(appender::addAttribute);
        builder.setShutdownHook("disable")
                .add(appender)
                .add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("remote")));
        LoggerContext context = new LoggerContext("apart");
        context.start(builder.build());
        return new SocketLogging(server, context);
    }

    void info(String... events) {
        for (String event : events) {
            context.getLogger("sample").info(event);
        }
    }

    /** Logs something and sees it arrive, so that from here on there is a connection that works. */
    SocketConnection connect(SocketServer server) {
        info("before");
        return server.accept().expectLine("before");
    }

    /** Waits until it could be known that the server has reset the connection. */
    void awaitReset() {
        assertThatThrownBy(this::read).isInstanceOf(SocketException.class);
    }

    /** Waits for the end of the server's stream, as the appender, which never reads, does not. */
    int read() throws IOException {
        socket().setSoTimeout(5000);
        return socket().getInputStream().read();
    }

    /** What SocketOptions is for in a configuration; but it takes this option and does nothing with it. */
    void setSendBufferSize(int bytes) throws IOException {
        socket().setSendBufferSize(bytes);
    }

    private Socket socket() {
        SocketAppender appender = context.getConfiguration().getAppender("remote");
        return ((TcpSocketManager) appender.getManager()).getSocket();
    }

    /** Waits until the appender has connected again by itself. */
    void awaitReconnect() throws Exception {
        StatusMessages.get().awaitReconnect(server);
    }

    @Override
    public void close() {
        context.stop();
    }
}
