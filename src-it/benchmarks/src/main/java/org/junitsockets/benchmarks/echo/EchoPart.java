package org.junitsockets.benchmarks.echo;

import java.util.List;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Effort;
import org.junitsockets.benchmarks.measure.Interleaved;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;
import org.junitsockets.benchmarks.socket.TimeWait;

/** A handler, a client, one byte there and back, close; and what HTTP servers take for one GET. */
public final class EchoPart implements Part {

    private final Effort effort;

    public EchoPart(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public void run(Table table) throws Exception {
        Candidate library = new LibraryEcho();
        Candidate pooled = new PooledEcho();
        Candidate selector = new SelectorEcho();
        Candidate thread = new ThreadEcho();
        Candidate mockWebServer = new MockWebServerGet();
        Candidate wireMock = new WireMockGet();
        long before = TimeWait.count();
        Series series =
                new Interleaved(effort).measure(List.of(library, pooled, selector, thread, mockWebServer, wireMock));
        Candidate best = series.best(List.of(pooled, selector));
        table.add(series.compare(name(), library, best, Target.atMost(1.2)));
        table.add(series.compare(name(), library, mockWebServer, Target.timesLess(5)));
        table.add(series.compare(name(), library, wireMock, Target.timesLess(90)));
        table.add(series.compare(name(), selector, pooled, Target.NONE));
        table.add(series.compare(name(), thread, pooled, Target.NONE));
        table.note("TIME_WAIT: " + before + " before, " + TimeWait.count() + " after");
    }
}
