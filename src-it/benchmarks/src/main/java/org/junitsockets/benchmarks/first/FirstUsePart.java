package org.junitsockets.benchmarks.first;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.Part;
import org.junitsockets.benchmarks.measure.Candidate;
import org.junitsockets.benchmarks.measure.Series;
import org.junitsockets.benchmarks.measure.Table;
import org.junitsockets.benchmarks.measure.Target;

/** The first use in a fresh JVM, class loading and all. */
public final class FirstUsePart implements Part {

    private final int rounds;

    public FirstUsePart(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return "first";
    }

    @Override
    public void run(Table table) throws Exception {
        FreshJvm library = new FreshJvm("junit-sockets, Echo", "library", Jvm.CLASS_PATH);
        FreshJvm pooled = new FreshJvm("by hand, cached pool", "pooled", Jvm.CLASS_PATH);
        FreshJvm mockWebServer = new FreshJvm("mockwebserver3, one GET", "mockwebserver", Jvm.CLASS_PATH);
        FreshJvm libraryAlone = new FreshJvm("junit-sockets, Echo", "library", ownJars());
        FreshJvm pooledAlone = new FreshJvm("by hand, cached pool", "pooled", ownJars());
        FreshJvm test = new FreshJvm("@WithSocketServer, pair", "jupiter", Jvm.CLASS_PATH);
        FreshJvm testByHand = new FreshJvm("ParameterResolver, pair", "jupiter-by-hand", Jvm.CLASS_PATH);
        Series series = measure(List.of(library, pooled, mockWebServer, libraryAlone, pooledAlone, test, testByHand));
        String what = "first use in a JVM";
        table.add(series.compare(what, library, pooled, Target.atMost(2)));
        table.add(series.compare(what, library, mockWebServer, Target.timesLess(10)));
        table.add(series.compare("first use, own jars only", libraryAlone, pooledAlone, Target.NONE));
        table.add(series.compare("first test in a JVM", test, testByHand, Target.NONE));
    }

    /** The JDK looks for providers in every jar when it opens its first channel, not its first socket. */
    private static String ownJars() {
        return Stream.of(Jvm.CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || entry.contains("junit-sockets-core"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Interleaved as within a JVM; one round more than counts, for the disk to have been read. */
    private Series measure(List<FreshJvm> candidates) throws Exception {
        double[][] micros = new double[candidates.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < candidates.size(); turn++) {
                int which = Math.floorMod(turn + round, candidates.size());
                double taken = candidates.get(which).micros();
                if (round >= 0) {
                    micros[which][round] = taken;
                }
            }
        }
        return new Series(List.<Candidate>copyOf(candidates), micros);
    }
}
