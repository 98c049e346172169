package org.junitsockets.benchmarks.pair;

import java.util.List;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Interleaved;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;
import org.junitsockets.benchmarks.socket.TimeWait;

/** A server without a handler, a connected client, accept, close. */
public final class PairPart implements Part {

    private final Effort effort;

    public PairPart(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "pair";
    }

    @Override
    public void run(Table table) throws Exception {
        Candidate floor = new PlainPair();
        Candidate server = new LibraryServer();
        Candidate pair = new LibraryPair();
        long before = TimeWait.count();
        Series series = new Interleaved(effort).measure(List.of(floor, server, pair));
        table.add(series.compare(name(), server, floor, Target.atMost(1.15)));
        table.add(series.compare(name(), pair, floor, Target.atMost(1.15)));
        table.note("TIME_WAIT: " + before + " before, " + TimeWait.count() + " after");
    }
}
