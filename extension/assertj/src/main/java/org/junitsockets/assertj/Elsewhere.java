package org.junitsockets.assertj;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junitsockets.Transcript;
import org.junitsockets.time.Deadline;
import org.junitsockets.time.Ticker;
import org.junitsockets.transcript.Live;
import org.junitsockets.transcript.Snapshot;

/**
 * A transcript that is what it is, or that of a server or connection which is not the library's own.
 *
 * @param source which is asked each time
 * @param isOver whether it gives the same each time
 */
record Elsewhere(Supplier<Transcript> source, boolean isOver) implements Live {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @Override
    public Snapshot transcript() {
        return Snapshot.copyOf(source.get());
    }

    @Override
    public Deadline deadlineOf(Optional<Duration> stated) {
        return Deadline.after(stated.orElse(DEADLINE), Ticker.SYSTEM);
    }
}
