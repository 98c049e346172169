package org.junitsockets.harness;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which suite came to what in which variant: a row for each suite, a column for each variant. */
final class Matrix {

    private final List<SuiteResult> suites;
    private final Variants variants;

    Matrix(List<SuiteResult> suites, Variants variants) {
        this.suites = suites;
        this.variants = variants;
    }

    @Override
    public String toString() {
        boolean both = variants.locations() && variants.transports();
        Table table = new Table(
                1,
                row("passed/failed/skipped", variants.transports() ? Variant::transportLabel : Variant::locationLabel));
        if (both) {
            table.groups(row("", Variant::locationLabel));
        }
        suites.stream()
                .map(SuiteResult::name)
                .distinct()
                .forEach(suite -> table.row(row(suite, variant -> cell(suite, variant))));
        return table + note();
    }

    private List<String> row(String first, Function<Variant, String> cell) {
        return Stream.concat(Stream.of(first), variants.all().stream().map(cell))
                .toList();
    }

    private String cell(String suite, Variant variant) {
        List<SuiteResult> found = suites.stream()
                .filter(one -> one.name().equals(suite) && Variant.of(one).equals(variant))
                .toList();
        return found.isEmpty()
                ? "-"
                : Stream.<ToIntFunction<SuiteResult>>of(
                                SuiteResult::succeeded, SuiteResult::failed, SuiteResult::skipped)
                        .map(count ->
                                String.valueOf(found.stream().mapToInt(count).sum()))
                        .collect(Collectors.joining("/"));
    }

    private String note() {
        if (!variants.transports() || variants.all().stream().allMatch(variant -> variant.transport() != null)) {
            return "";
        }
        return OwnTransports.NAME + ": run once" + (variants.locations() ? " in each location" : "")
                + ", over the transports that the tests choose (@EachTransport)\n";
    }
}
