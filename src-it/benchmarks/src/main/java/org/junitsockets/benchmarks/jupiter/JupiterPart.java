package org.junitsockets.benchmarks.jupiter;

import java.util.List;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Interleaved;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;
import org.junitsockets.benchmarks.socket.TimeWait;

/** What a test takes through JUnit, one after the other and on two threads. */
public final class JupiterPart implements Part {

    private final Effort effort;

    public JupiterPart(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "jupiter";
    }

    @Override
    public void run(Table table) throws Exception {
        long before = TimeWait.count();
        run(table, "JUnit, sequential", false);
        run(table, "JUnit, parallel", true);
        table.note("TIME_WAIT: " + before + " before, " + TimeWait.count() + " after");
    }

    private void run(Table table, String what, boolean parallel) throws Exception {
        Candidate empty = new Suite("empty test", Suites.Empty.class, parallel);
        Candidate directory = new Suite("@TempDir", Suites.TemporaryDirectory.class, parallel);
        Candidate byHand = new Suite("ParameterResolver, pair", Suites.PairByHand.class, parallel);
        Candidate pair = new Suite("@WithSocketServer, pair", Suites.Pair.class, parallel);
        Candidate byHandUsed = new Suite("ParameterResolver, accepted", Suites.PairByHandUsed.class, parallel);
        Candidate pairUsed = new Suite("@WithSocketServer, accepted", Suites.PairUsed.class, parallel);
        Candidate echoByHand = new Suite("ParameterResolver, pooled echo", Suites.EchoByHand.class, parallel);
        Candidate served = new Suite("@WithSocketServer, Echo", Suites.Served.class, parallel);
        Candidate echoByHandUsed = new Suite("ParameterResolver, echo, byte", Suites.EchoByHandUsed.class, parallel);
        Candidate servedUsed = new Suite("@WithSocketServer, Echo, byte", Suites.ServedUsed.class, parallel);
        Series series = new Interleaved(effort)
                .measure(List.of(
                        empty,
                        directory,
                        byHand,
                        pair,
                        byHandUsed,
                        pairUsed,
                        echoByHand,
                        served,
                        echoByHandUsed,
                        servedUsed));
        String added = what + " +";
        table.add(series.compare(what, pair, byHand, Target.atMost(1.1)));
        table.add(series.compare(what, pairUsed, byHandUsed, Target.atMost(1.1)));
        table.add(series.compareAdded(added, served, directory, empty, Target.atMost(1)));
        table.add(series.compareAdded(added, pair, byHand, empty, Target.NONE));
        table.add(series.compareAdded(added, pairUsed, byHandUsed, empty, Target.NONE));
        table.add(series.compareAdded(added, served, echoByHand, empty, Target.NONE));
        table.add(series.compareAdded(added, servedUsed, echoByHandUsed, empty, Target.NONE));
        table.add(series.compareAdded(added, servedUsed, directory, empty, Target.NONE));
        table.add(series.compare(what, directory, empty, Target.NONE));
    }
}
