package org.junitsockets.benchmarks.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.socket.OneByte;

/** By hand, on one thread and one selector for all tests. */
public final class SelectorEcho implements Candidate {

    private static final Loop LOOP = new Loop();

    @Override
    public String name() {
        return "by hand, shared selector";
    }

    @Override
    public void run() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.configureBlocking(false);
            CountDownLatch served = LOOP.add(server);
            OneByte.thereAndBack(server.socket().getLocalPort());
            served.await();
        }
    }

    /** The thread that accepts and echoes for all. */
    private static final class Loop implements Runnable {

        private record Entry(ServerSocketChannel server, CountDownLatch served) {}

        private final Selector selector;
        private final Queue<Entry> arrivals = new ConcurrentLinkedQueue<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(8192);

        Loop() {
            try {
                selector = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(this, "shared-selector");
            thread.setDaemon(true);
            thread.start();
        }

        CountDownLatch add(ServerSocketChannel server) {
            CountDownLatch served = new CountDownLatch(1);
            arrivals.add(new Entry(server, served));
            selector.wakeup();
            return served;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    selector.select(this::serve);
                    for (Entry entry = arrivals.poll(); entry != null; entry = arrivals.poll()) {
                        entry.server().register(selector, SelectionKey.OP_ACCEPT, entry);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void serve(SelectionKey key) {
            Entry entry = (Entry) key.attachment();
            try {
                if (key.channel() instanceof SocketChannel peer) {
                    echo(peer, entry);
                    return;
                }
                SocketChannel peer = entry.server().accept();
                if (peer != null) {
                    key.cancel(); // each test has one connection
                    peer.configureBlocking(false);
                    peer.register(selector, SelectionKey.OP_READ, entry);
                }
            } catch (ClosedChannelException e) {
                entry.served().countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void echo(SocketChannel peer, Entry entry) throws IOException {
            if (peer.read(buffer.clear()) >= 0) {
                peer.write(buffer.flip());
                return;
            }
            peer.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves nothing in TIME_WAIT, see Ends
            peer.close();
            entry.served().countDown();
        }
    }
}
