package org.junitsockets.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The variants of a result, and what there is to be said of them: nothing of what is the same in all.
 *
 * @param all in the order of the run
 * @param locations whether they differ in their locations
 * @param transports whether they differ in their transports
 */
record Variants(List<Variant> all, boolean locations, boolean transports) {

    static Variants of(List<SuiteResult> suites) {
        List<Variant> all = suites.stream().map(Variant::of).distinct().toList();
        return new Variants(all, differ(all, Variant::locationLabel), differ(all, Variant::transportLabel));
    }

    /** Returns what the columns are called that say which variant a row is of. */
    List<String> headers() {
        return said("location", "transport");
    }

    /** Returns what stands in these columns. */
    List<String> labels(Variant variant) {
        return said(variant.locationLabel(), variant.transportLabel());
    }

    private List<String> said(String location, String transport) {
        List<String> said = new ArrayList<>();
        if (locations) {
            said.add(location);
        }
        if (transports) {
            said.add(transport);
        }
        return said;
    }

    private static boolean differ(List<Variant> all, Function<Variant, String> label) {
        return all.stream().map(label).distinct().count() > 1;
    }
}
