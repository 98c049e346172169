package org.junitsockets.benchmarks.first;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junitsockets.benchmarks.Jvm;
import org.junitsockets.benchmarks.Part;
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
        FreshJvm library = first("junit-sockets, Echo", "library", Jvm.CLASS_PATH);
        FreshJvm pooled = first("by hand, cached pool", "pooled", Jvm.CLASS_PATH);
        FreshJvm mockWebServer = first("mockwebserver3, one GET", "mockwebserver", Jvm.CLASS_PATH);
        FreshJvm libraryAlone = first("junit-sockets, Echo", "library", ownJars());
        FreshJvm pooledAlone = first("by hand, cached pool", "pooled", ownJars());
        FreshJvm test = first("@WithSocketServer, pair", "jupiter", Jvm.CLASS_PATH);
        FreshJvm testByHand = first("ParameterResolver, pair", "jupiter-by-hand", Jvm.CLASS_PATH);
        Series series = FreshJvm.measure(
                List.of(library, pooled, mockWebServer, libraryAlone, pooledAlone, test, testByHand), rounds);
        String what = "first use in a JVM";
        table.add(series.compare(what, library, pooled, Target.atMost(2)));
        table.add(series.compare(what, library, mockWebServer, Target.timesLess(10)));
        table.add(series.compare("first use, own jars only", libraryAlone, pooledAlone, Target.NONE));
        table.add(series.compare("first test in a JVM", test, testByHand, Target.NONE));
    }

    private static FreshJvm first(String name, String key, String classPath) {
        return new FreshJvm(name, FirstUse.class, List.of(key), classPath);
    }

    /** The JDK looks for providers in every jar when it opens its first channel, not its first socket. */
    private static String ownJars() {
        return Stream.of(Jvm.CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || entry.contains("junit-sockets-core"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
