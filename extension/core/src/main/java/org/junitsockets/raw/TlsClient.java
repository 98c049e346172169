package org.junitsockets.raw;

import static java.util.Objects.requireNonNull;
import static org.junitsockets.raw.Opening.closedOnFailure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Tls;
import org.junitsockets.connection.Label;
import org.junitsockets.raw.Clients.Connected;
import org.junitsockets.spec.Settings;
import org.junitsockets.time.Durations;
import org.junitsockets.work.Workers;

/**
 * A client over TLS: connected, and no handshake made yet. It is layered over a socket that it is closed
 * by: its own {@code close()} waits for who is in a write, and so might never return.
 */
final class TlsClient extends Connected<SSLSocket> {

    private final Socket under;
    private final Destination to;
    private @Nullable FutureTask<Void> ending;

    private TlsClient(SSLSocket socket, Socket under, Label label, Destination to) {
        super(socket, label, to);
        this.under = under;
        this.to = to;
    }

    static Connected<SSLSocket> connect(Label label, Destination to, Settings settings) throws IOException {
        Tls tls = requireNonNull(to.tls(), "over TLS there is one");
        InetSocketAddress address = to.internet();
        String host = address.getAddress().getHostAddress();
        Socket under = new Socket();
        SSLSocket[] layered = new SSLSocket[1];
        closedOnFailure(under, opened -> {
            opened.connect(address, to.connectMillis());
            SSLSocket socket = (SSLSocket)
                    tls.clientContext().getSocketFactory().createSocket(opened, host, address.getPort(), true);
            socket.setSSLParameters(tls.clientEngine(host, address.getPort()).getSSLParameters());
            socket.setSoTimeout((int) to.deadline().toMillis());
            layered[0] = socket;
        });
        return new TlsClient(layered[0], under, label, to);
    }

    @Override
    public SocketAddress localAddress() {
        return socket().getLocalSocketAddress();
    }

    /** Announces the end as TLS does, which waits for who is in a write: so aside, and not for long. */
    @Override
    public void shutdownOutput() throws IOException {
        FutureTask<Void> task = ending();
        if (task == null) {
            return;
        }
        try {
            task.get(to.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("close_notify was not sent within " + Durations.format(to.deadline())
                    + ": another thread is in a write");
        }
    }

    /** What ends it in order; none where that has been begun, or it is closed. */
    private synchronized @Nullable FutureTask<Void> ending() {
        if (ending != null || socket().isClosed()) {
            return null;
        }
        FutureTask<Void> task = new FutureTask<>(() -> {
            socket().shutdownOutput();
            return null;
        });
        ending = task;
        Workers.run(task);
        return task;
    }

    @Override
    public void drain() throws IOException {
        socket().setSoTimeout(0); // the test's own may be short; the close ends this
        byte[] dropped = new byte[8192];
        int read;
        do {
            read = socket().getInputStream().read(dropped);
        } while (read >= 0);
    }

    @Override
    public void close() throws IOException {
        try {
            shutdownOutput();
        } catch (IOException e) {
            // reset, or nobody reads what is being written: then it ends without
        } finally {
            under.close();
            socket().close();
        }
    }
}
