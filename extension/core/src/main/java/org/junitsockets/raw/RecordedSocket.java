package org.junitsockets.raw;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transport;
import org.junitsockets.connection.Label;
import org.junitsockets.port.Loopback;
import org.junitsockets.spec.Settings;
import org.junitsockets.transcript.Conversation;

/**
 * The JDK's socket, recorded: it changes nothing that can be observed of it. Urgent data is recorded
 * among what is sent.
 */
final class RecordedSocket extends Socket {

    private final RawRecord record;
    private final @Nullable Label label;
    private volatile @Nullable RecordedInput input;
    private volatile @Nullable RecordedOutput output;
    private volatile boolean resetsOnClose;

    /** One that is to connect. */
    RecordedSocket(Label label, Transport transport, Settings settings) {
        this.label = label;
        this.record = new RawRecord(false, transport, settings);
    }

    /** One that is to be accepted, made as the JDK's server socket makes it. */
    RecordedSocket(Transport transport, Settings settings) throws SocketException {
        super((SocketImpl) null);
        this.label = null;
        this.record = new RawRecord(true, transport, settings);
    }

    /** It has been accepted. */
    RawRecord accepted(Label label, InetSocketAddress server) {
        record.connected(label, getRemoteSocketAddress(), server);
        return record;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        boolean bound = isBound();
        super.connect(endpoint, timeout);
        if (label != null) {
            SocketAddress local = bound ? getLocalSocketAddress() : localAddress(endpoint);
            record.connected(label, local, endpoint);
        }
    }

    /** Who connects to the loopback address does so from there; asking the system takes longer than all else here. */
    private SocketAddress localAddress(SocketAddress to) {
        return to instanceof InetSocketAddress there && Loopback.isLiteral(there.getAddress())
                ? new InetSocketAddress(there.getAddress(), getLocalPort())
                : getLocalSocketAddress();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = super.getInputStream();
        RecordedInput recorded = input;
        if (recorded == null) {
            synchronized (record) { // the same one each time, as the JDK's
                recorded = input;
                if (recorded == null) {
                    recorded = new RecordedInput(in, record);
                    input = recorded;
                }
            }
        }
        return recorded;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        RecordedOutput recorded = output;
        if (recorded == null) {
            synchronized (record) {
                recorded = output;
                if (recorded == null) {
                    recorded = new RecordedOutput(out, record);
                    output = recorded;
                }
            }
        }
        return recorded;
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        boolean sent = false;
        record.lockWrites();
        try {
            record.writing(new byte[] {(byte) data}, 0, 1);
            super.sendUrgentData(data);
            sent = true;
        } finally {
            if (sent) {
                record.written();
            } else {
                record.notWritten();
            }
            record.unlockWrites();
        }
    }

    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        super.setSoLinger(on, linger);
        resetsOnClose = on && linger == 0;
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
        super.setOption(name, value);
        if (name.equals(StandardSocketOptions.SO_LINGER)) {
            resetsOnClose = value.equals(0);
        }
        return this;
    }

    @Override
    public void shutdownInput() throws IOException {
        record.endingInput(true); // before it wakes who reads
        try {
            super.shutdownInput();
        } finally {
            record.endingInput(isInputShutdown());
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (isConnected() && !isClosed() && !isOutputShutdown()) {
            record.endingOutput();
        }
        super.shutdownOutput();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that of 17 is, that of 25 is not: as the JDK has it
    public void close() throws IOException {
        close("close()");
    }

    // -- for its scope ---------------------------------------------------------------------------

    void close(String by) throws IOException {
        record.closing(by, resetsOnClose); // before, as the other side may answer at once
        super.close();
    }

    /** Reads what is there, without waiting: once nobody else is going to. */
    void observe() throws IOException {
        if (!isConnected() || isClosed() || isInputShutdown()) {
            return;
        }
        InputStream in = super.getInputStream();
        int there = in.available();
        if (there > 0) {
            int timeout = getSoTimeout();
            setSoTimeout(1); // should somebody else read it away
            try {
                byte[] taken = new byte[Math.min(there, 8192)];
                int count = 1;
                while (there > 0 && count > 0) {
                    count = in.read(taken, 0, Math.min(there, taken.length));
                    record.read(taken, 0, count);
                    there -= count;
                }
            } finally {
                setSoTimeout(timeout);
            }
        }
    }

    /** The address of this end, also when it has been closed. */
    SocketAddress client() {
        return record.client();
    }

    Conversation conversation() {
        return record.conversation();
    }
}
