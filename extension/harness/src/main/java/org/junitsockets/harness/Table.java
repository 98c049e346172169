package org.junitsockets.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns of text: the first ones start at the left, the others, of numbers, end at the right. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int leftAligned;

    Table(int leftAligned, String... header) {
        this.leftAligned = leftAligned;
        rows.add(List.of(header));
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> toLine(row, widths)).collect(Collectors.joining());
    }

    private String toLine(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                        .mapToObj(column -> pad(row.get(column), widths[column], column < leftAligned))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                + "\n";
    }

    private static String pad(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - cell.length());
        return left ? cell + blanks : blanks + cell;
    }
}
