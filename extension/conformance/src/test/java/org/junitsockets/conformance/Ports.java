package org.junitsockets.conformance;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that do not come back soon, unlike those that a system chooses. */
final class Ports {

    /** Below those that Linux gives to clients. */
    private static final int FIRST = 18_000;

    private static final int COUNT = 14_000;

    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    /** Binds something. */
    private interface Binding<T> {
        T bind(InetSocketAddress address) throws IOException;
    }

    ServerSocket serverSocket(String host) throws IOException {
        return bind(host, address -> new ServerSocket(address.getPort(), 50, address.getAddress()));
    }

    ServerSocketChannel serverChannel(String host) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        return bind(host, channel::bind);
    }

    DatagramChannel datagramChannel(String host) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        return bind(host, channel::bind);
    }

    private <T> T bind(String host, Binding<T> binding) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            try {
                return binding.bind(new InetSocketAddress(host, FIRST + next.getAndIncrement() % COUNT));
            } catch (BindException e) {
                // somebody has it
            }
        }
        throw new BindException("no port from " + FIRST + " on is free");
    }
}
