package org.junitsockets.benchmarks.recording;

import java.util.List;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Interleaved;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;

/** What it costs that connections are recorded: the same one with a transcript of the default size, and with none. */
public final class RecordingPart implements Part {

    private static final int BLOCK = 64 * 1024;

    /** Keeps at least 0.75 of the throughput. */
    private static final Target THROUGHPUT = Target.atMost(1 / 0.75);

    private final Effort effort;

    public RecordingPart(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public void run(Table table) throws Exception {
        roundTrips(table, "a byte there and back", 1, Target.atMost(1.1));
        roundTrips(table, "64 KiB there and back", BLOCK, THROUGHPUT);
        try (OneThread on = new OneThread(true);
                OneThread off = new OneThread(false)) {
            Series series = new Interleaved(effort).measure(List.of(on, off));
            table.add(series.compare("a byte, on one thread", on, off, Target.NONE));
        }
    }

    private void roundTrips(Table table, String what, int length, Target target) throws Exception {
        try (RoundTrip on = new RoundTrip(length, true);
                RoundTrip off = new RoundTrip(length, false)) {
            Series series = new Interleaved(effort).measure(List.of(on, off));
            table.add(series.compare(what, on, off, target));
        }
    }
}
