package org.junitsockets.assertj;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Durations;
import org.junitsockets.transcript.Live;
import org.junitsockets.transcript.Snapshot;

/**
 * Looks at a transcript until it is as expected, cannot become so any more, or time is up.
 *
 * <p>Nobody tells when something has come that nobody reads, so it looks again and again.
 */
final class Patience {

    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private Patience() {}

    static Finding await(Live live, Deadline deadline, Function<Snapshot, Finding> look) {
        long pause = FIRST_PAUSE;
        while (true) {
            boolean over = live.isOver(); // asked first: what came before that is in the transcript
            boolean late = deadline.hasPassed();
            boolean interrupted = Thread.currentThread().isInterrupted();
            Finding found = look.apply(live.transcript());
            if (found.isSettled() || over) {
                return found;
            }
            if (late) {
                return found.adding(" within " + Durations.format(deadline.allowed()));
            }
            if (interrupted) {
                return found.brokenOff();
            }
            LockSupport.parkNanos(Math.min(pause, deadline.remainingNanos()));
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }
}
