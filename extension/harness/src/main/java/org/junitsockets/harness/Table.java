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
    private List<Group> groups = List.of();

    Table(int leftAligned, List<String> header) {
        this.leftAligned = leftAligned;
        rows.add(header);
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    /** Puts a line above the header, with a label for each column: those that follow each other with the same share it. */
    void groups(List<String> labels) {
        groups = Group.of(labels);
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (Group group : groups) {
            widths[group.from] += Math.max(0, group.label.length() - group.width(widths));
        }
        return groupLine(widths) + rows.stream().map(row -> toLine(row, widths)).collect(Collectors.joining());
    }

    private String groupLine(int[] widths) {
        return groups.isEmpty()
                ? ""
                : groups.stream().map(group -> group.toCell(widths)).collect(Collectors.joining(GAP)) + "\n";
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

    /** Columns under one label, from the first one up to, not including, the last one. */
    private record Group(String label, int from, int to) {

        static List<Group> of(List<String> labels) {
            List<Group> groups = new ArrayList<>();
            int from = 0;
            for (int to = 1; to <= labels.size(); to++) {
                if (to == labels.size() || !labels.get(to).equals(labels.get(from))) {
                    groups.add(new Group(labels.get(from), from, to));
                    from = to;
                }
            }
            return groups;
        }

        int width(int[] widths) {
            return IntStream.range(from, to).map(column -> widths[column]).sum() + GAP.length() * (to - from - 1);
        }

        /** Returns the label in the middle of a line over all its columns, blanks for none. */
        String toCell(int[] widths) {
            int free = width(widths) - label.length();
            if (label.isEmpty()) {
                return " ".repeat(free);
            }
            return "-".repeat(free / 2) + label + "-".repeat(free - free / 2);
        }
    }
}
