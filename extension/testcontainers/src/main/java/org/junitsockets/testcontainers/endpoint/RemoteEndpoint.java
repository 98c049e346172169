package org.junitsockets.testcontainers.endpoint;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junitsockets.Tls;
import org.junitsockets.jupiter.spi.OpenedEndpoint;

/** A container's port, as one scope has it. */
final class RemoteEndpoint implements OpenedEndpoint {

    private final RemoteContainer container;
    private final InetSocketAddress address;
    private final String declaration;
    private final Runnable leave;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Has a container that is ready.
     *
     * @param leave what is to be done at the end
     */
    RemoteEndpoint(RemoteContainer container, ContainerPort port, String declaration, Runnable leave) {
        this.container = container;
        this.declaration = declaration;
        this.leave = leave;
        this.address = container.address(port, declaration);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public InetSocketAddress address(String port) {
        return container.address(ContainerPort.parse(port), declaration);
    }

    @Override
    public Optional<Tls> tls() {
        return container.tls();
    }

    @Override
    public Object object(Class<?> type) {
        return container.container();
    }

    @Override
    public String evidence() {
        return container.log();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave.run();
        }
    }
}
