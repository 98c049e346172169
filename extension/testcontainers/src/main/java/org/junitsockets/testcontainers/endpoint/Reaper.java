package org.junitsockets.testcontainers.endpoint;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.testcontainers.utility.ResourceReaper;

/**
 * The container that Testcontainers starts before its first one, to remove all others when the JVM is gone.
 *
 * <p>Where no registry can be reached that has its image, Testcontainers tries again and again, for two
 * minutes, and only once: whatever is started after that goes without. Here it is started first, and
 * waited for no longer than an image may take.
 */
final class Reaper {

    private static final FutureTask<Void> START = new FutureTask<>(Reaper::start, null);
    private static @Nullable Thread starting;
    private static long since;

    private Reaper() {}

    @SuppressWarnings("deprecation") // what is not deprecated starts it for a container only
    private static void start() {
        ResourceReaper.instance().getLabels(); // starts it, unless it is switched off
    }

    /**
     * Waits until it runs, or is known to be switched off.
     *
     * @throws UnsupportedLocationException if it cannot be started, or is not in time
     */
    static void require(Transport transport, Duration patience, String patienceText, String declaration) {
        long until = begun() + patience.toNanos(); // once it was late for one, others need not wait as long again
        try {
            START.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unsupported(
                    transport, "it was not there within " + patienceText + " (startDeadline)", declaration, e);
        } catch (ExecutionException e) {
            throw unsupported(transport, Reasons.firstLine(Reasons.rootOf(e)), declaration, e);
        } catch (InterruptedException e) {
            throw Images.interrupted(declaration, e);
        }
    }

    /** Begins to start it, if nobody has, and says when that was. */
    private static synchronized long begun() {
        if (starting == null) {
            starting = new Thread(START, "junit-sockets-reaper");
            starting.setDaemon(true);
            since = System.nanoTime();
            starting.start();
        }
        return since;
    }

    private static RuntimeException unsupported(Transport transport, String why, String declaration, Exception cause) {
        UnsupportedLocationException unsupported = new UnsupportedLocationException(
                Location.CONTAINER,
                transport,
                declaration + ": found no reaper, which Testcontainers starts first: " + why
                        + " (expected: its image testcontainers/ryuk on the engine or in a registry, or"
                        + " TESTCONTAINERS_RYUK_DISABLED=true in the environment)");
        unsupported.initCause(cause);
        return unsupported;
    }
}
