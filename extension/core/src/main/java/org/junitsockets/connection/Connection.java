package org.junitsockets.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Capability;
import org.junitsockets.Ending;
import org.junitsockets.LengthPrefix;
import org.junitsockets.Message;
import org.junitsockets.SocketConnection;
import org.junitsockets.Tls;
import org.junitsockets.TlsSession;
import org.junitsockets.TlsStall;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.Transport;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Settings;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.tls.TruncatedException;
import org.junitsockets.transcript.Conversation;
import org.junitsockets.transcript.Live;
import org.junitsockets.transcript.Mask;
import org.junitsockets.transcript.Recording;
import org.junitsockets.transcript.Snapshot;
import org.junitsockets.work.Workers;

/** The one implementation of either end of a connection. */
public final class Connection implements SocketConnection, Live {

    /** More than what the system's buffers hold by default. */
    private static final int MOST_DRAINED = 16 * 1024 * 1024;

    private final Label label;
    private final Choice choice;
    private final ConnectionOwner owner;
    private final Settings settings;
    private final Mask mask;
    private final Recording recording;
    private final Wire wire;
    private final Input input;
    private final Output output;
    private volatile Duration deadline;
    private volatile boolean outputEnded;
    private @Nullable Set<IOException> failures;
    private volatile boolean endedByOwner;
    private volatile boolean served;
    private volatile @Nullable Elsewhere elsewhere;

    /**
     * Takes over a connected endpoint, which it will close.
     *
     * @param label such as {@code connection 1 of server 'db' (...)}
     */
    public Connection(
            Label label,
            Choice choice,
            ConnectionEndpoint endpoint,
            Duration deadline,
            Settings settings,
            ConnectionOwner owner) {
        this.label = label;
        this.choice = choice;
        this.owner = owner;
        this.settings = settings;
        this.deadline = deadline;
        this.mask = settings.transcript().mask();
        this.recording = new Recording(settings.transcript().size(), settings.ticker());
        this.wire = new Wire(choice.transport(), endpoint, this, owner, recording);
        recording.event(isOfServer() ? Kind.ACCEPTED : Kind.CONNECTED);
        this.input = new Input(wire, label, this, mask);
        this.output = new Output(wire, input, label);
    }

    // -- what it is ------------------------------------------------------------------------------

    @Override
    public int number() {
        return label.number();
    }

    @Override
    public Transport transport() {
        return choice.transport();
    }

    @Override
    public SocketAddress localAddress() {
        return wire.local();
    }

    @Override
    public SocketAddress remoteAddress() {
        return wire.remote();
    }

    @Override
    public SocketConnection deadline(Duration deadline) {
        this.deadline = settings.scaled(Durations.requireWait("deadline", deadline, deadline));
        return this;
    }

    /** Bytes as messages show them. */
    String describe(byte[] bytes) {
        return mask.describe(bytes);
    }

    /** For messages: who it is, what went over it, how it stands. */
    public String describe() {
        return "#" + label.number() + " from " + wire.remote() + ": received "
                + wire.received().describe(mask) + ", sent " + wire.sent().describe(mask) + ", " + stateAndWait();
    }

    private String stateAndWait() {
        @Nullable String call = waitingIn();
        return state() + (call == null ? "" : ", a thread waits in " + call);
    }

    private String state() {
        @Nullable String here = wire.endedHere();
        Wire.@Nullable InputEnd there = wire.inputEnd();
        String peer = there == null ? "" : words(there);
        if (here == null) {
            return !peer.isEmpty() ? peer : mayHaveEndedUnread() ? "open as far as it was read" : "open";
        }
        return (peer.isEmpty() ? "" : peer + ", ") + "ended here by " + here;
    }

    private static String words(Wire.InputEnd there) {
        return switch (there) {
            case FIN -> "ended by the client (FIN)";
            case TRUNCATED -> "ended by the client without close_notify (FIN)";
            case TLS_FAILURE -> "ended by a failure of TLS";
            case RST -> "reset";
        };
    }

    /** Whether it is a server's end. */
    @SuppressWarnings("ReferenceEquality") // there is one nobody
    private boolean isOfServer() {
        return owner != ConnectionOwner.NOBODY;
    }

    @Override
    public Snapshot transcript() {
        try {
            wire.endpoint().settle();
        } catch (IOException e) {
            // the verdict says so
        }
        return snapshot();
    }

    /** The same without asking anybody elsewhere, for whoever has done that or must not wait. */
    public Snapshot snapshot() {
        input.observe(); // what has come belongs to it, whoever reads it
        return recording.snapshot(number(), isOfServer(), mask);
    }

    @Override
    public Deadline deadlineOf(Optional<Duration> stated) {
        return Deadline.after(stated.map(settings::scaled).orElse(deadline), settings.ticker());
    }

    @Override
    public boolean isOver() {
        return wire.isClosed();
    }

    /** The same with where it was, and how it stands, for reports. */
    public Conversation conversation() {
        Snapshot transcript = snapshot();
        SocketAddress client = isOfServer() ? remoteAddress() : localAddress();
        SocketAddress server = isOfServer() ? localAddress() : remoteAddress();
        return new Conversation(label.toString(), transport(), client, server, transcript, stateAndWait());
    }

    /** Whether anything was recorded since. */
    public boolean isActiveSince(long nanos) {
        return recording.isActiveSince(nanos);
    }

    @Override
    public String toString() {
        return label.toString();
    }

    // -- reading ---------------------------------------------------------------------------------

    @Override
    public @Nullable String readLine() {
        byte @Nullable [] line = read(() -> "readLine()", input::line);
        return line == null ? null : new String(line, UTF_8);
    }

    @Override
    public String readUntil(String delimiter) {
        return new String(readUntil(requireNonEmpty("delimiter", delimiter.getBytes(UTF_8))), UTF_8);
    }

    @Override
    public byte[] readUntil(byte[] delimiter) {
        byte[] wanted = requireNonEmpty("delimiter", delimiter).clone();
        return read(() -> "readUntil(" + mask.describe(wanted) + ")", call -> input.until(wanted, call));
    }

    @Override
    public byte[] readExactly(int count) {
        if (count < 0 || count > Input.MOST) {
            throw new IllegalArgumentException("count: found " + count + " (expected: from 0 to " + Input.MOST + ")");
        }
        return read(() -> "readExactly(" + count + ")", call -> input.exactly(count, call));
    }

    @Override
    public byte[] readFrame(LengthPrefix prefix) {
        requireNonNull(prefix, "prefix");
        return read(() -> "readFrame(" + prefix + ")", call -> input.frame(prefix, call));
    }

    @Override
    public byte[] readToEnd() {
        require("readToEnd()", Capability.CONNECTIONS);
        return read(() -> "readToEnd()", input::toEnd);
    }

    @Override
    public Message readMessage() {
        return readMessage(Integer.MAX_VALUE);
    }

    @Override
    public Message readMessage(int limit) {
        require("readMessage()", Capability.MESSAGES);
        if (limit < 0) {
            throw new IllegalArgumentException("limit: found " + limit + " (expected: a number of bytes)");
        }
        return read(() -> "readMessage()", call -> input.message(call, limit));
    }

    @Override
    public byte[] readAvailable() {
        Call call = Call.reading("readAvailable()", startDeadline());
        goOn();
        try {
            input.lock(call);
            try {
                return input.available(call);
            } finally {
                input.unlock();
            }
        } catch (IOException e) {
            throw unchecked(call, e);
        }
    }

    @Override
    public boolean awaitInput() {
        return awaitInput(callToWait("awaitInput()"));
    }

    private boolean awaitInput(Call call) {
        goOn();
        try {
            return input.awaitInput(call);
        } catch (IOException e) {
            return requireEnd(call, e);
        }
    }

    @Override
    public boolean awaitOutput() {
        return awaiting(callToWait("awaitOutput()"), output::awaitOutput);
    }

    @Override
    public void holdOpen() {
        if (!endedByOwner) {
            requireOpen("holdOpen()");
        }
        awaiting(callToWait("holdOpen()"), call -> {
            try {
                input.awaitEnd(call);
            } catch (SocketException e) {
                if (wire.endedHere() == null) {
                    throw e;
                }
            }
            return true;
        });
    }

    @Override
    public void pauseReading() {
        requireOpen("pauseReading()");
        input.pause();
    }

    @Override
    public void resumeReading() {
        input.resume();
    }

    // -- expecting -------------------------------------------------------------------------------

    @Override
    public SocketConnection expect(byte[] expected) {
        byte[] wanted = expected.clone();
        return expecting(() -> "expect(" + mask.describe(wanted) + ")", call -> {
            input.expect(wanted, call);
            return true;
        });
    }

    @Override
    public SocketConnection expect(String expected) {
        return expect(expected.getBytes(UTF_8));
    }

    @Override
    public SocketConnection expectLine(String expected) {
        return expectSame("expectLine(" + mask.quote(expected) + ")", expected.getBytes(UTF_8), call -> {
            byte @Nullable [] line = input.line(call);
            if (line == null) {
                throw new EOFException("the other side ended the stream (FIN)");
            }
            return line;
        });
    }

    @Override
    public SocketConnection expectUntil(String delimiter, String expected) {
        byte[] wanted = requireNonEmpty("delimiter", delimiter.getBytes(UTF_8));
        return expectSame(
                "expectUntil(" + mask.quote(delimiter) + ", " + mask.quote(expected) + ")",
                expected.getBytes(UTF_8),
                call -> input.until(wanted, call));
    }

    @Override
    public SocketConnection expectFrame(LengthPrefix prefix, byte[] expected) {
        requireNonNull(prefix, "prefix").frame(expected); // what cannot be sent is not to be waited for
        return expectSame(
                "expectFrame(" + prefix + ", " + mask.describe(expected) + ")",
                expected.clone(),
                call -> input.frame(prefix, call));
    }

    @Override
    public SocketConnection expectMessage(String expected) {
        return expectMessage(expected.getBytes(UTF_8));
    }

    @Override
    public SocketConnection expectMessage(byte[] expected) {
        require("expectMessage()", Capability.MESSAGES);
        byte[] wanted = expected.clone();
        return expectSame("expectMessage(" + mask.describe(wanted) + ")", wanted, input::available);
    }

    @Override
    public SocketConnection expectToEnd(String expected) {
        require("expectToEnd()", Capability.CONNECTIONS);
        return expectSame("expectToEnd(" + mask.quote(expected) + ")", expected.getBytes(UTF_8), input::toEnd);
    }

    @Override
    public SocketConnection expectNoMore(Duration within) {
        Deadline until = Deadline.after(Durations.requireWait("within", within, within), settings.ticker());
        Call call = Call.expectingSilence(() -> "expectNoMore(" + Durations.format(within) + ")", until);
        run(call, this::requireNoMore);
        if (!choice.where().isHere()) { // what came in time may still be on its way here
            try {
                wire.endpoint().settle();
            } catch (IOException e) {
                throw unchecked(call, e);
            }
            run(call, this::requireNoMore);
        }
        return this;
    }

    private boolean requireNoMore(Call call) throws IOException {
        if (input.hasMoreInTime(call)) {
            throw more(call);
        }
        return true;
    }

    @Override
    public SocketConnection expectEnd() {
        require("expectEnd()", Capability.CONNECTIONS);
        return expecting(() -> "expectEnd()", call -> {
            if (input.hasMore(call)) {
                throw more(call);
            }
            return true;
        });
    }

    @Override
    public SocketConnection expectReset() {
        requireReset("expectReset()");
        return expecting(() -> "expectReset()", call -> {
            if (requireEnd(call) != Wire.InputEnd.RST) {
                throw new AssertionError(call + " on " + label + ": the other side "
                        + requireNonNull(wire.inputEnd()).words() + " instead");
            }
            return true;
        });
    }

    @Override
    public SocketConnection expectEndOrReset() {
        require("expectEndOrReset()", Capability.CONNECTIONS);
        return expecting(() -> "expectEndOrReset()", call -> {
            requireEnd(call);
            return true;
        });
    }

    private Wire.InputEnd requireEnd(Call call) throws IOException {
        try {
            if (input.hasMore(call)) {
                throw more(call);
            }
            return Wire.InputEnd.FIN;
        } catch (IOException e) {
            Wire.@Nullable InputEnd end = wire.inputEnd();
            if (end == null || !wire.isBroken() || wire.endedHere() != null) {
                throw e;
            }
            return end;
        }
    }

    private AssertionError more(Call call) {
        return new AssertionError(
                call + " on " + label + ": instead came " + mask.describe(input.take(input.available())));
    }

    private SocketConnection expectSame(String text, byte[] expected, Input.Read<byte[]> read) {
        return expecting(() -> text, call -> {
            byte[] actual = read.run(call);
            if (!Arrays.equals(expected, actual)) {
                throw new AssertionError(
                        call + " on " + label + ": something else came" + mask.difference(expected, actual));
            }
            return true;
        });
    }

    // -- writing ---------------------------------------------------------------------------------

    @Override
    public SocketConnection write(String text) {
        return write(text.getBytes(UTF_8));
    }

    @Override
    public SocketConnection write(byte[] bytes) {
        write(bytes, 0, bytes.length);
        return this;
    }

    private void write(byte[] bytes, int offset, int length) {
        Call call = Call.writing("write of " + length + " bytes", startDeadline());
        try {
            output.write(bytes, offset, length, call);
        } catch (IOException e) {
            throw unchecked(call, e);
        }
    }

    @Override
    public SocketConnection writeFrame(LengthPrefix prefix, byte[] payload) {
        return write(prefix.frame(payload));
    }

    @Override
    public SocketConnection writeSlowly(String text, Duration pause) {
        return writeSlowly(text.getBytes(UTF_8), 1, pause);
    }

    @Override
    public SocketConnection writeSlowly(byte[] bytes, int sliceSize, Duration pause) {
        if (sliceSize < 1) {
            throw new IllegalArgumentException("sliceSize: found " + sliceSize + " (expected: at least 1 byte)");
        }
        Duration gap = Durations.requireWait("pause", pause, pause);
        Call call = Call.writing("writeSlowly of " + bytes.length + " bytes", startDeadline());
        try {
            output.writeSlowly(bytes.clone(), sliceSize, gap, settings.ticker(), call, this::startDeadline);
        } catch (IOException e) {
            throw unchecked(call, e);
        }
        return this;
    }

    // -- TLS -------------------------------------------------------------------------------------

    @Override
    public SocketConnection startTls(Tls tls) {
        return startTls(tls, engine(requireNonNull(tls, "tls"), "localhost"));
    }

    @Override
    public SocketConnection startTls(Tls tls, String serverName) {
        if (isOfServer()) {
            throw new IllegalArgumentException(
                    "startTls() on " + label + ": found the server's end and the server name " + serverName
                            + " (expected: no name; a client says whom it wants)");
        }
        return startTls(tls, tls.clientEngine(serverName, port(wire.remote())));
    }

    private SocketConnection startTls(Tls tls, SSLEngine engine) {
        require("startTls()", Capability.STREAM);
        requireOpen("startTls()");
        if (wire.isTls() && !choice.stated() && transport().has(Capability.TLS)) {
            throw unsupported("startTls() on " + label + ": found the transport " + transport()
                    + ", which begins with TLS (expected: one that begins in plain text)");
        }
        if (wire.isTls()) {
            throw new IllegalStateException("startTls() on " + label + ": found TLS begun already");
        }
        boolean silent = isOfServer() && tls.options().stall() != TlsStall.NONE;
        Call call = Call.reading("startTls()", startDeadline());
        run(call, begun -> {
            wire.startTls(engine, input.takeAll(), tls.options().stall());
            if (!silent) {
                output.handshake(begun);
            }
            return true;
        });
        if (silent) {
            holdOpen();
        }
        return this;
    }

    /** Lets TLS begin before anything else, and the handshake go on whether or not anybody reads or writes. */
    public void secure(Tls tls, String host) {
        wire.startTls(engine(tls, host), ByteBuffer.allocate(0), tls.options().stall());
        Workers.run(this::handshake);
    }

    private void handshake() {
        try {
            boolean more = true;
            while (more) {
                long ticket = wire.ticket();
                more = wire.endedHere() == null && !wire.isScopeEnding() && !wire.handshake();
                if (more) {
                    wire.awaitHandshake(ticket);
                    more = !Thread.currentThread().isInterrupted();
                }
            }
        } catch (IOException e) {
            // whoever reads or writes meets it too, and the transcript has it
        }
    }

    private SSLEngine engine(Tls tls, String host) {
        return isOfServer() ? tls.serverEngine() : tls.clientEngine(host, port(wire.remote()));
    }

    private static int port(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getPort() : -1;
    }

    @Override
    public TlsSession tls() {
        requireTls("tls()");
        Call call = Call.reading("tls()", startDeadline());
        try {
            output.handshake(call);
        } catch (IOException e) {
            throw unchecked(call, e);
        }
        return wire.session().orElseThrow();
    }

    @Override
    public void truncate() {
        requireTls("truncate()");
        requireOpen("truncate()");
        if (claimEnd("truncate()")) {
            try {
                wire.truncate();
            } catch (IOException e) {
                // the other side has reset it: there is nobody to tell
            }
            endClaimed(true);
        }
    }

    private void requireTls(String call) {
        if (!wire.isTls()) {
            throw new IllegalStateException(
                    call + " on " + label + ": found no TLS (expected: a server with TLS, or startTls() before)");
        }
    }

    // -- ending ----------------------------------------------------------------------------------

    @Override
    public SocketConnection shutdownOutput() {
        require("shutdownOutput()", Capability.HALF_CLOSE);
        requireOpen("shutdownOutput()");
        owner.ending(this, false);
        outputEnded = true;
        try {
            wire.halfClose();
        } catch (IOException e) {
            throw unchecked("shutdownOutput()", e);
        }
        return this;
    }

    @Override
    public void fin() {
        require("fin()", Capability.CONNECTIONS);
        requireOpen("fin()");
        endInOrder("fin()", true);
    }

    @Override
    public void close() {
        if (wire.endedHere() == null) {
            endInOrder("close()", true);
        }
    }

    @Override
    public void rst() {
        requireReset("rst()");
        requireOpen("rst()");
        cannotResetBecause().ifPresent(reason -> {
            throw unsupported("rst() on " + label + ": " + reason);
        });
        endByReset("rst()");
    }

    @Override
    public void end(Ending ending) {
        switch (ending) {
            case FIN -> fin();
            case RST -> rst();
            case NONE ->
                throw new IllegalArgumentException(
                        "ending: found NONE (expected: FIN or RST; holdOpen() keeps a connection open)");
        }
    }

    /** What follows a handler's return: the same as {@link #fin()}, draining on the handler's thread. */
    public void endAfterReturn() {
        endInOrder("the return of its handler", false);
    }

    /** Resets the connection unless it has ended here; where it cannot be reset it is cut. */
    public void reset(String how) {
        if (cannotResetBecause().isPresent()) {
            cut(how);
        } else {
            endedByOwner = true;
            endByReset(how);
        }
    }

    private Optional<String> cannotResetBecause() {
        if (!hasReset()) {
            return Optional.of(transport() + " has no reset there");
        }
        try {
            return wire.endedHere() == null ? wire.cannotResetBecause() : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it has ended already
        }
    }

    private boolean hasReset() {
        return (transport().has(Capability.RESET) || transport().has(Capability.CONDITIONAL_RESET))
                && !choice.loses(Capability.RESET);
    }

    private void endByReset(String how) {
        owner.ending(this, false);
        if (wire.endHere(how)) {
            recording.event(Kind.RESET, how);
            try {
                wire.reset(deadline, settings.ticker());
            } catch (IOException e) {
                throw unchecked(how, e);
            }
        }
    }

    /** Ends the connection by FIN without waiting for the other side, unless it has been closed. */
    public void cut(String how) {
        cut(how, false);
    }

    /** The same when nobody's test goes on with it, so that nothing need be left of it in the system. */
    public void tearDown(String how) {
        cut(how, true);
    }

    private void cut(String how, boolean forGood) {
        endedByOwner = true;
        claimEnd(how);
        if (!wire.isClosed()) {
            if (wire.inputEnd() == null || wire.isTls()) { // else closing sends a FIN, as nothing is unread
                shutdownQuietly();
            }
            if (wire.inputEnd() == null && hasEnds()) {
                if (!drainWhatIsThere() && forGood) {
                    wire.leaveNothing();
                }
            }
            closeQuietly();
        }
    }

    /** Closes both ends of one connection, whose FINs nobody would see. */
    public static void closeBoth(Connection one, Connection other, String how) {
        boolean first = one.claimEnd(how);
        boolean second = other.claimEnd(how);
        if (first && second) {
            one.wire.dropUnsent();
            one.closeQuietly();
            other.closeQuietly();
        } else if (first) {
            one.endClaimed(true);
        } else if (second) {
            other.endClaimed(true);
        }
    }

    private boolean claimEnd(String how) {
        owner.ending(this, false);
        boolean first = wire.endHere(how);
        if (first) {
            recording.event(hasEnds() ? Kind.CLOSED : Kind.LEFT, how);
        }
        return first;
    }

    /** Whether there is a connection, whose end the other side notices. */
    private boolean hasEnds() {
        return transport().has(Capability.CONNECTIONS);
    }

    private void endInOrder(String how, boolean inBackground) {
        if (claimEnd(how)) {
            endClaimed(inBackground);
        }
    }

    private void endClaimed(boolean inBackground) {
        if (wire.inputEnd() == null || wire.isTls()) { // else closing sends a FIN, as nothing is unread
            shutdownQuietly();
        }
        if (!hasEnds() || isOver(wire.inputEnd() != null)) {
            closeQuietly();
        } else if (inBackground) {
            Workers.run(this::linger);
        } else {
            linger();
        }
    }

    /** Whether nothing more is to come, and all has gone that was written. */
    private boolean isOver(boolean inputEnded) {
        return (inputEnded || drainWhatIsThere()) && flushQuietly();
    }

    private boolean flushQuietly() {
        try {
            return wire.flush();
        } catch (IOException e) {
            return true; // there is nobody to tell
        }
    }

    private void linger() {
        drain(startDeadline());
        closeQuietly();
    }

    /**
     * Reads and drops what the other side still sends, until it ends and has taken what TLS still had to
     * send, the deadline passes, or the scope ends.
     */
    private void drain(Deadline until) {
        Call call = Call.untilScopeEnds("the end of the other side");
        try {
            boolean more = true;
            while (more) {
                long ticket = wire.ticket();
                boolean ended = wire.inputEnd() != null;
                more = !isOver(ended) && !until.hasPassed() && !wire.isScopeEnding();
                if (more) {
                    wire.await(ended ? SelectionKey.OP_WRITE : SelectionKey.OP_READ, until, call, ticket);
                    more = !Thread.currentThread().isInterrupted();
                }
            }
        } catch (IOException e) {
            // no selector to be had: then it is closed with what there may be left to read
        }
    }

    /** Reads and drops what is there, as far as it is not more than buffers hold; returns whether it ended. */
    private boolean drainWhatIsThere() {
        if (wire.inputEnd() != null) {
            return true;
        }
        ByteBuffer dropped = ByteBuffer.allocate(8 * 1024);
        try {
            long total = 0;
            int count = 0;
            while (count >= 0 && total < MOST_DRAINED) { // who sends all the time must not hold it up for ever
                count = wire.read(dropped.clear());
                total += Math.max(1, count);
            }
            return count == ConnectionEndpoint.END;
        } catch (IOException e) {
            return true; // reset, or closed by somebody else: nothing more will come
        }
    }

    private void shutdownQuietly() {
        try {
            wire.shutdownOutput();
        } catch (IOException e) {
            // the other side has reset it: there is nobody to tell
        }
    }

    private void closeQuietly() {
        try {
            wire.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + label + ": " + e.getMessage(), e);
        }
    }

    /** Who reads after his half-close was not about to end the connection with it. */
    private void goOn() {
        if (outputEnded && !hasEnded()) {
            owner.goingOn(this);
        }
    }

    // -- for the endpoint ------------------------------------------------------------------------

    /** From here on it is a script's or a handler's, which the end of its scope will end. */
    public void serve() {
        served = true;
    }

    /** The calling thread begins to serve it, for whoever it is. */
    public void servedBy(Object who) {
        recording.event(Kind.SERVED, new ServedBy(who, Thread.currentThread().getName()));
    }

    /** Put in words when somebody wants to know. */
    private record ServedBy(Object who, String thread) {
        @Override
        public String toString() {
            return who + " on " + thread;
        }
    }

    boolean isServed() {
        return served;
    }

    /** Reads and drops what comes until the other side ends or this one is ended, however long that takes. */
    public void drainToEnd() {
        while (awaitInput(Call.untilScopeEnds("the end of the other side"))) {
            readAvailable();
        }
    }

    /** From here on nothing waits that was only waiting for the end of the test. */
    public void scopeEnding() {
        wire.scopeEnding();
        @Nullable Elsewhere server = elsewhere;
        if (server != null) {
            server.scopeEnding();
        }
    }

    // -- where its handler is in another process ---------------------------------------------------

    /** From here on a handler serves it in another process, and the caller's thread repeats that here. */
    public void servedBy(Elsewhere server) {
        elsewhere = server;
        if (wire.isScopeEnding()) {
            server.scopeEnding();
        }
    }

    /** The handler in another process has returned, and all that it did is repeated here. */
    public void servedHere() {
        elsewhere = null;
    }

    /** The handler in another process has begun to wait, and everything up to there is repeated here. */
    public void waitingElsewhere() {
        owner.waiting();
    }

    /** A call did not come to its end in time, in another process. */
    public void timedOutElsewhere(String call) {
        recording.event(Kind.TIMED_OUT, call);
    }

    /** Something was asked for that the transport lacks, in another process. */
    public void unsupportedElsewhere(RuntimeException thrown) {
        owner.unsupported(thrown);
    }

    /** Whether this side has ended it. */
    public boolean isEndedHere() {
        return wire.endedHere() != null;
    }

    /** Takes in, without waiting, what has come, also where this side has ended it and drops that. */
    public void observeToTheEnd() {
        if (isEndedHere() && !wire.isClosed()) {
            drainWhatIsThere();
        } else {
            input.observe();
        }
    }

    /** Tells somebody of all that is recorded of it from here on; see there for when. */
    public void tell(Recording.Listener listener) {
        recording.tell(listener);
    }

    /** Makes whoever waits look again, at an endpoint whose {@link ConnectionEndpoint#interest} has changed. */
    public void rouse() {
        wire.rouse();
    }

    /** What it is one end of. */
    public ConnectionEndpoint endpoint() {
        return wire.endpoint();
    }

    public Choice choice() {
        return choice;
    }

    public Settings settings() {
        return settings;
    }

    /** What bounds each of its calls, the factor applied. */
    public Duration deadline() {
        return deadline;
    }

    /** Takes in, without waiting, how the other side stands. */
    public void observe() {
        input.observe();
    }

    /** Whether there is a message to be read; what has come is taken in for that. */
    public boolean hasMessage() {
        return nextMessage() < Long.MAX_VALUE;
    }

    /** Where the next message stands among all that came to its server. */
    public long nextMessage() {
        input.observe();
        return input.nextSequence();
    }

    public boolean hasEnded() {
        return wire.endedHere() != null || wire.inputEnd() != null;
    }

    /**
     * Whether neither side has ended it as far as can be told. Where what is there to be read is not
     * read now (another thread reads, reading is paused, it is much), the kernel is asked.
     */
    public boolean isSurelyOpen() {
        try {
            if (!hasEnded() && !isResetConditional() && wire.isReadable()) {
                input.observe(); // bytes, or an end
            }
            return !hasEnded() && !mayHaveEndedUnread();
        } catch (IOException e) {
            return false;
        }
    }

    /** Then what is unread is left where it is: the reset that a script is about to ask for needs it. */
    private boolean isResetConditional() {
        return transport().has(Capability.CONDITIONAL_RESET);
    }

    private boolean mayHaveEndedUnread() {
        try {
            return wire.isReadable() && !wire.isWithoutFin();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the thread, or another one for it, waits in I/O here, for something that is not there. */
    public boolean isIdle(Thread thread) {
        @Nullable Elsewhere server = elsewhere;
        return server == null ? wire.isIdle(thread) : server.isIdle();
    }

    /** The call a thread waits in here, such as {@code expectEnd()}. */
    public @Nullable String waitingIn() {
        @Nullable Elsewhere server = elsewhere;
        if (server != null) {
            return server.waitingIn();
        }
        @Nullable Call call = wire.waitingIn();
        return call == null ? null : call.toString();
    }

    /** How many threads wait here. */
    int waiting() {
        return wire.waiting();
    }

    /** Whether a thread waits in a call here that the end of the scope ends. */
    public boolean waitsForScopeEnd() {
        @Nullable Call call = wire.waitingIn();
        return call != null && call.endsWithScope();
    }

    /** Whether the throwable is, or comes from, an I/O failure of this connection once it had ended. */
    public synchronized boolean explains(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (failures != null && failures.contains(cause) && hasEnded()) {
                return true;
            }
        }
        return false;
    }

    /** A handler may meet several, in one thread or in more, and let any of them out. */
    private synchronized void remember(IOException failure) {
        if (failures == null) {
            failures = Collections.newSetFromMap(new WeakHashMap<>());
        }
        failures.add(failure);
    }

    /** Whether it is a deadline that ran out before anything of what was waited for had come. */
    public static boolean isIdleDeadline(Throwable thrown) {
        return thrown instanceof DeadlineError error && error.isIdle();
    }

    /** Whether it is a deadline of a call on a connection that ran out. */
    public static boolean isDeadline(Throwable thrown) {
        return thrown instanceof DeadlineError;
    }

    /** Whether the client went away while it was sent something slowly. */
    public static boolean isClientGivingUp(Throwable thrown) {
        return thrown instanceof UncheckedIOException && thrown.getCause() instanceof ClientGaveUpException;
    }

    // -- the rest of the interface ---------------------------------------------------------------

    @Override
    public SocketConnection checkpoint(String name) {
        owner.reached(requireNonNull(name, "name"));
        recording.event(Kind.CHECKPOINT, name);
        return this;
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                checkFromIndexSize(offset, length, target.length);
                return checked(() -> Connection.this.<Integer>read(
                        () -> "read from input()", call -> input.into(target, offset, length, call)));
            }

            @Override
            public int available() {
                input.observe();
                return input.available();
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                checkFromIndexSize(offset, length, bytes.length);
                checked(() -> {
                    Connection.this.write(bytes, offset, length);
                    return 0;
                });
            }
        };
    }

    private static int checked(Supplier<Integer> operation) throws IOException {
        try {
            return operation.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    Deadline startDeadline() {
        return Deadline.after(deadline, settings.ticker());
    }

    private <T extends @Nullable Object> T read(Supplier<String> text, Input.Read<T> read) {
        return run(Call.reading(text, startDeadline()), read);
    }

    private SocketConnection expecting(Supplier<String> text, Input.Read<Boolean> read) {
        run(Call.expecting(text, startDeadline()), read);
        return this;
    }

    private <T extends @Nullable Object> T run(Call call, Input.Read<T> read) {
        goOn();
        try {
            return input.exclusively(call, read);
        } catch (IOException e) {
            throw unchecked(call, e);
        }
    }

    /** The end of a test comes whatever scripts and handlers wait for; who waits in the test itself holds it up. */
    private Call callToWait(String text) {
        return served ? Call.untilScopeEnds(text) : Call.awaiting(text, startDeadline());
    }

    private boolean awaiting(Call call, Input.Read<Boolean> wait) {
        goOn();
        try {
            return wait.run(call);
        } catch (IOException e) {
            return requireEnd(call, e);
        }
    }

    /**
     * A reset is an end too, as are one without close_notify, be it that TLS began behind it, and an alert;
     * anything else is a failure, also that what came is not TLS.
     */
    private boolean requireEnd(Call call, IOException e) {
        boolean ended = wire.isBroken() || e instanceof TruncatedException;
        if (ended && wire.endedHere() == null && !isInterrupt(e)) {
            return false;
        }
        throw unchecked(call, e);
    }

    private void require(String call, Capability capability) {
        if (!transport().has(capability)) {
            throw lacks(call, capability.words());
        }
        requireNotLost(call, capability);
    }

    private void requireReset(String call) {
        if (!transport().has(Capability.RESET) && !transport().has(Capability.CONDITIONAL_RESET)) {
            throw lacks(call, Capability.RESET.words());
        }
        requireNotLost(call, Capability.RESET);
    }

    private void requireNotLost(String call, Capability capability) {
        if (choice.loses(capability)) {
            throw told(choice.lostOnTheWay(call + " on " + label, capability));
        }
    }

    private RuntimeException lacks(String call, String what) {
        return unsupported(call + " on " + label + ": found " + transport() + " ("
                + transport().family() + ", " + transport().type() + ") (expected: a transport with " + what + ")");
    }

    /** The owner hears of it too: whoever catches it has not been told what he wanted to know. */
    private RuntimeException unsupported(String message) {
        return told(choice.unsupported(message));
    }

    private RuntimeException told(RuntimeException unsupported) {
        owner.unsupported(unsupported);
        return unsupported;
    }

    private static byte[] requireNonEmpty(String what, byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException(what + ": found nothing (expected: at least one byte)");
        }
        return bytes;
    }

    private void requireOpen(String what) {
        @Nullable String ended = wire.endedHere();
        if (ended != null) {
            throw unchecked(what, new SocketException("already ended here by " + ended));
        }
    }

    /** In an expecting call an end of the other side's is a missed expectation; all else is I/O. */
    private RuntimeException unchecked(Call call, IOException e) {
        boolean ofPeer = wire.endedHere() == null && wire.inputEnd() != null && !isInterrupt(e);
        if (call.isExpecting() && ofPeer) {
            throw new AssertionError(call + " on " + label + ": " + e.getMessage(), e);
        }
        return unchecked(call.toString(), e);
    }

    private static boolean isInterrupt(IOException e) {
        return e instanceof InterruptedIOException;
    }

    private UncheckedIOException unchecked(String call, IOException e) {
        if (!(e instanceof ProtocolException)) { // which is no end, but something wrong
            remember(e);
        }
        return new UncheckedIOException(call + " on " + label + ": " + e.getMessage(), e);
    }
}
