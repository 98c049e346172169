package org.junitsockets;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.FutureTask;

/** Sends a GiB from a client to a server, both recorded, and prints what was counted; a JVM of its own. */
final class LargeTransfer {

    static final long TOTAL = 1L << 30;

    private static final int BLOCK = 64 * 1024;

    private LargeTransfer() {}

    public static void main(String[] args) throws Exception {
        try (SocketServer server = SocketServer.builder().start();
                SocketClients clients = SocketClients.open()) {
            SocketConnection client = clients.connect(server.address());
            SocketConnection peer = server.accept();
            FutureTask<Long> reader = new FutureTask<>(() -> count(peer.input()));
            new Thread(reader, "reader").start();
            send(client, TOTAL / 2);
            long usedInTheMiddle = usedHeap();
            send(client, TOTAL / 2);
            client.shutdownOutput();
            System.out.println("read " + reader.get());
            Transcript sent = client.transcript();
            Transcript received = peer.transcript();
            System.out.println("sent " + sent.droppedSent() + " + " + requireEndOfAll(sent.sent()));
            System.out.println("received " + received.droppedReceived() + " + " + requireEndOfAll(received.received()));
            System.out.println("grew by " + (usedHeap() - usedInTheMiddle));
        }
    }

    private static void send(SocketConnection client, long count) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = byteAt(i);
        }
        for (long left = count; left > 0; left -= BLOCK) {
            client.write(block);
        }
    }

    /** The same in each block. */
    private static byte byteAt(int offset) {
        return (byte) (7 * offset + offset / 256);
    }

    private static long count(InputStream input) throws IOException {
        byte[] buffer = new byte[BLOCK];
        long total = 0;
        int count = input.read(buffer);
        while (count >= 0) {
            total += count;
            count = input.read(buffer);
        }
        return total;
    }

    /** Returns how much it is. */
    private static int requireEndOfAll(byte[] kept) {
        for (int i = 0; i < kept.length; i++) {
            int offset = (int) ((TOTAL - kept.length + i) % BLOCK);
            if (kept[i] != byteAt(offset)) {
                throw new AssertionError("byte " + i + ": found " + kept[i] + " (expected: " + byteAt(offset) + ")");
            }
        }
        return kept.length;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
