package org.junitsockets.raw;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.connection.Label;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;

/**
 * The JDK's datagram socket, recorded: it changes nothing that can be observed of it.
 *
 * <p>A server's records what is said with each address, a client's what is said with its server.
 */
final class RecordedDatagramSocket extends DatagramSocket implements Recorded {

    private static final int LARGEST = 65_535;

    /** More than any system keeps for who has not read, by default. */
    private static final int MOST_OBSERVED = 1_024;

    private final Records records;

    /** Held during a receive, as the JDK does by a lock of its own: so that nothing is taken from who waits. */
    private final ReentrantLock receiving = new ReentrantLock();

    private RecordedDatagramSocket(SocketAddress local, Records records) throws SocketException {
        super(local);
        this.records = records;
    }

    /** One that others send to. */
    static RecordedDatagramSocket ofServer(InetSocketAddress address, ServerSpec spec, Settings settings)
            throws SocketException {
        return new RecordedDatagramSocket(
                address,
                new Records(
                        null,
                        (number, remote) -> DatagramRecord.ofServer(
                                new Label("connection", number, spec), spec.transport(), remote, address, settings)));
    }

    /** One that is to be connected to a server. */
    static RecordedDatagramSocket ofClient(
            InetSocketAddress local, InetSocketAddress server, Label label, Transport transport, Settings settings)
            throws SocketException {
        return new RecordedDatagramSocket(
                local,
                new Records(
                        server,
                        (number, remote) -> DatagramRecord.ofClient(label, transport, local, server, settings)));
    }

    private interface Maker {
        DatagramRecord make(int number, SocketAddress remote);
    }

    /** By whom it is said with. */
    private static final class Records {

        private final @Nullable SocketAddress only;
        private final Maker maker;
        private final Map<SocketAddress, DatagramRecord> all = new LinkedHashMap<>();

        Records(@Nullable SocketAddress only, Maker maker) {
            this.only = only;
            this.maker = maker;
        }

        synchronized @Nullable DatagramRecord of(@Nullable SocketAddress remote) {
            if (remote == null || (only != null && !only.equals(remote))) {
                return null;
            }
            return all.computeIfAbsent(remote, any -> maker.make(all.size() + 1, remote));
        }

        synchronized List<DatagramRecord> all() {
            return List.copyOf(all.values());
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        receiving.lock();
        try {
            super.receive(packet);
            received(packet);
        } catch (SocketTimeoutException e) {
            withConnected(record -> record.timedOut("receive"));
            throw e;
        } catch (PortUnreachableException e) {
            withConnected(DatagramRecord::portUnreachable);
            throw e;
        } finally {
            receiving.unlock();
        }
    }

    private void received(DatagramPacket packet) {
        synchronized (packet) { // whose fields belong together
            @Nullable DatagramRecord record = records.of(remote(packet));
            if (record != null) {
                record.received(packet.getData(), packet.getOffset(), packet.getLength());
            }
        }
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        @Nullable DatagramRecord record = isClosed() || packet == null ? null : records.of(destination(packet));
        if (record == null) {
            super.send(packet);
            return;
        }
        try {
            record.send(packet.getData(), packet.getOffset(), packet.getLength(), () -> super.send(packet));
        } catch (PortUnreachableException e) {
            record.portUnreachable();
            throw e;
        }
    }

    /** Where the JDK will send it, unless it throws. */
    private @Nullable SocketAddress destination(DatagramPacket packet) {
        @Nullable SocketAddress connected = getRemoteSocketAddress();
        return connected == null ? remote(packet) : connected;
    }

    private static @Nullable SocketAddress remote(DatagramPacket packet) {
        @Nullable InetAddress address = packet.getAddress();
        return address == null || packet.getPort() <= 0 ? null : new InetSocketAddress(address, packet.getPort());
    }

    @Override
    public void close() {
        close("close()");
    }

    // -- for its scope ---------------------------------------------------------------------------

    void close(String by) {
        records.all().forEach(record -> record.leaving(by)); // before, as the other side may answer at once
        super.close();
    }

    /** From here on there is something to report of it, though nothing has been said. */
    void begin() {
        records.of(getRemoteSocketAddress());
    }

    /** Takes what is there, unless somebody else is waiting for it. */
    void observe() throws IOException {
        if (isClosed() || !receiving.tryLock()) {
            return;
        }
        try {
            int timeout = getSoTimeout();
            setSoTimeout(1);
            try {
                for (int i = 0; i < MOST_OBSERVED; i++) {
                    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
                    super.receive(packet);
                    received(packet);
                }
            } catch (SocketTimeoutException e) {
                // no more is there
            } finally {
                setSoTimeout(timeout);
            }
        } finally {
            receiving.unlock();
        }
    }

    private interface Note {
        void on(DatagramRecord record);
    }

    /** A server that waits for anybody has no conversation that this would belong to. */
    private void withConnected(Note note) {
        @Nullable DatagramRecord record = records.of(getRemoteSocketAddress());
        if (record != null) {
            note.on(record);
        }
    }

    @Override
    public List<Conversation> conversations(long since) {
        return records.all().stream()
                .filter(record -> record.isActiveSince(since))
                .map(DatagramRecord::conversation)
                .toList();
    }

    /** What is said with the server; of a client. */
    Conversation conversation() {
        return records.all().get(0).conversation();
    }

    /** As the JDK's, which does not say more. */
    @Override
    public String toString() {
        return DatagramSocket.class.getName() + "@" + Integer.toHexString(hashCode());
    }
}
