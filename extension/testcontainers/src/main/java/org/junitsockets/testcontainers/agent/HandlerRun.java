package org.junitsockets.testcontainers.agent;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.connection.Connection;
import org.junitsockets.connection.ConnectionOwner;
import org.junitsockets.connection.Label;
import org.junitsockets.location.Locations;
import org.junitsockets.location.Where;
import org.junitsockets.spec.Choice;
import org.junitsockets.spec.Settings;
import org.junitsockets.spec.TranscriptSettings;
import org.junitsockets.spi.ConnectionEndpoint;
import org.junitsockets.testcontainers.protocol.Activity;
import org.junitsockets.testcontainers.protocol.Command;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Run;
import org.junitsockets.time.Ticker;
import org.junitsockets.transcript.Mask;
import org.junitsockets.work.Workers;

/** A handler at work on a connection, all of which the test is told. */
final class HandlerRun implements Opened, ConnectionOwner {

    /** Longer than a lock that somebody works under is held. */
    private static final long SURELY_WAITING_NANOS = 50_000_000;

    private static final String END = "the end of its scope";

    private final Session session;
    private final int id;
    private final Run run;
    private final Handlers handlers;
    private final ConnectionEndpoint socket;
    private final Mirror mirror;
    private final Connection connection;

    private @Nullable Thread thread;
    private boolean cancelled;
    private boolean done;
    private int command;
    private long waitingSince;
    private boolean looking;
    private boolean resetting;
    private boolean over;

    HandlerRun(Session session, int id, Run run, Handlers handlers, ConnectionEndpoint socket, byte[] readBefore) {
        this.session = session;
        this.id = id;
        this.run = run;
        this.handlers = handlers;
        this.socket = socket;
        this.mirror = new Mirror(session.link(), id, run.taken());
        this.connection = new Connection(
                new Label("connection", run.number(), run.server()),
                new Choice(run.transport(), run.stated(), new Where(Location.CONTAINER, new Here(run.lacking()))),
                new MirroringEndpoint(socket, readBefore, mirror),
                run.deadline(),
                settings(run),
                this);
        connection.serve();
        connection.tell(mirror);
        session.add(id, this);
    }

    private static Settings settings(Run run) {
        Mask mask = run.mask().isEmpty() ? Mask.NONE : Mask.of("mask", run.mask());
        return new Settings(
                run.deadline(),
                run.factor(),
                run.transport(),
                0,
                new Locations(Location.IN_PROCESS, name -> null),
                new TranscriptSettings(TranscriptSettings.When.NEVER, 0, mask, Optional.empty()),
                Ticker.SYSTEM);
    }

    void start() {
        Workers.run(this::serve);
    }

    private void serve() {
        boolean begins;
        synchronized (this) {
            thread = Thread.currentThread();
            begins = !cancelled;
        }
        @Nullable Throwable thrown = null;
        try {
            if (begins) {
                Thread.currentThread().setContextClassLoader(session.library().loader(run.loader()));
                handlers.handler(run).handle(connection);
            }
        } catch (Throwable e) { // an AssertionError above all: whatever it is, the test's verdict needs it
            thrown = e;
        }
        boolean explained = thrown == null || connection.explains(thrown) || Connection.isIdleDeadline(thrown);
        mirror.ended(explained ? null : thrown); // before the client can see the end
        try {
            connection.endAfterReturn();
        } finally {
            synchronized (this) {
                thread = null;
                done = true;
            }
        }
    }

    // -- what the connection tells -----------------------------------------------------------------

    /** Whoever waits has looked before, and found nothing. */
    @Override
    public void waiting() {
        synchronized (this) {
            if (thread == Thread.currentThread()) {
                waitingSince = 0;
                mirror.activity(Activity.WAITING, command, connection.waitingIn());
            }
        }
    }

    @Override
    public void reached(String name) {
        mirror.awaitCredit();
    }

    @Override
    public void unsupported(RuntimeException thrown) {
        mirror.awaitCredit();
        mirror.unsupported(thrown);
    }

    // -- what the test wants -----------------------------------------------------------------------

    /** Looks at its socket and its thread, for a fence. */
    @Override
    public void look() {
        connection.observeToTheEnd();
        report();
    }

    /** Tells what the handler does now, and goes on looking as long as it is at work. */
    private synchronized void report() {
        if (done) {
            return;
        }
        @Nullable Thread working = thread;
        Activity activity = working == null ? Activity.WORKING : activityOf(working);
        mirror.activity(activity, command, connection.waitingIn());
        if (activity != Activity.WAITING && !looking) {
            looking = true;
            session.lookAgain(this::lookAgain);
        }
    }

    private void lookAgain() {
        synchronized (this) {
            looking = false;
        }
        report();
    }

    private Activity activityOf(Thread working) {
        if (connection.isIdle(working)) {
            waitingSince = 0;
            return Activity.WAITING;
        }
        if (working.getState() != Thread.State.WAITING) {
            waitingSince = 0;
            return Activity.WORKING;
        }
        if (waitingSince == 0) {
            waitingSince = System.nanoTime();
        }
        return System.nanoTime() - waitingSince > SURELY_WAITING_NANOS ? Activity.WAITING_ELSEWHERE : Activity.WORKING;
    }

    @Override
    public void received(Frame frame) throws IOException {
        switch (frame.kind()) {
            case WINDOW -> {
                mirror.grant(frame);
                connection.rouse();
            }
            case COMMAND -> {
                Command what = Command.get(frame);
                int number = frame.getInt();
                frame.requireEnd();
                if (what == Command.RESET) {
                    synchronized (this) {
                        resetting = true;
                    }
                    Workers.run(() -> reset(number));
                } else {
                    obey(what, number);
                }
            }
            case STATUS -> status(frame);
            case CLOSE -> close(frame);
            default ->
                throw ProtocolException.found("what is under the id of " + frame, "a handler's stream", "another one");
        }
    }

    /** Waits until what was written is delivered, and is not to be overtaken by another end. */
    private void reset(int number) {
        obey(Command.RESET, number);
        boolean letGo;
        synchronized (this) {
            resetting = false;
            letGo = over;
        }
        if (letGo) {
            connection.tearDown(END);
        }
    }

    /** What is told as being after the command, is. */
    private void obey(Command what, int number) {
        obey(what);
        synchronized (this) {
            command = Math.max(command, number);
        }
        report();
    }

    private void obey(Command what) {
        String how = "its server in the test";
        switch (what) {
            case SCOPE_ENDING -> connection.scopeEnding();
            case SHUTDOWN_OUTPUT -> {
                try {
                    socket.shutdownOutput();
                } catch (IOException e) {
                    // the client is gone
                }
            }
            case CUT -> connection.cut(how);
            case TEAR_DOWN -> connection.tearDown(how);
            case RESET -> connection.reset(how);
            case CANCEL -> cancel();
        }
    }

    private synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Asked for before the test knew that it is a handler's. */
    private void status(Frame frame) throws IOException {
        int request = frame.getInt();
        frame.requireEnd();
        session.answer(
                request,
                () -> Session.reply(request)
                        .putLong(socket.unsent())
                        .put(!connection.hasEnded() && socket.isWithoutEnd()));
    }

    private void close(Frame frame) throws IOException {
        int request = frame.getInt();
        frame.getBoolean();
        frame.getBoolean();
        frame.requireEnd();
        session.remove(id);
        session.answer(request, () -> {
            end();
            return Session.reply(request);
        });
    }

    private void end() {
        mirror.end();
        connection.rouse();
        boolean now;
        synchronized (this) {
            over = true;
            now = !resetting;
        }
        if (now) {
            connection.tearDown(END);
        }
        cancel();
    }

    @Override
    public void ready() {}

    @Override
    public void abandon() {
        end();
    }
}
