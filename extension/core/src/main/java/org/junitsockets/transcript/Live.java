package org.junitsockets.transcript;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junitsockets.time.Deadline;

/** What has a transcript that others may still be adding to: for who looks until it shows what he expects. */
public interface Live {

    /** What there is now. */
    Snapshot transcript();

    /**
     * Until when he looks, from now on.
     *
     * @param stated what he says himself, if he does; the same as for any other call here otherwise
     */
    Deadline deadlineOf(Optional<Duration> stated);

    /** Whether there is nothing more to come, whatever happens. */
    boolean isOver();

    /** The points that were reached, where more of them are known than the transcript has. */
    default Set<String> checkpoints() {
        return Set.of();
    }
}
