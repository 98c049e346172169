package org.junitsockets.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports are written that go to a directory of the user's: one below it for each. */
public final class ReportDirectory {

    private static final int LONGEST_NAME = 120;

    private ReportDirectory() {}

    /**
     * Writes a report to a directory of its own.
     *
     * @param names of the directories below the root; what a file name cannot have is replaced, and a
     *     number added to the last where it is taken
     * @return the directory
     */
    public static Path write(Path root, Report report, String... names) throws IOException {
        Path parent = root;
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.resolve(fileName(names[i]));
        }
        Files.createDirectories(parent);
        Path directory = create(parent, fileName(names[names.length - 1]));
        report.writeTo(directory);
        return directory;
    }

    private static Path create(Path parent, String name) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return Files.createDirectory(parent.resolve(number == 1 ? name : name + "-" + number));
            } catch (FileAlreadyExistsException e) {
                // that of another test, or of an earlier run: the next
            }
        }
    }

    private static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_.()\\[\\]-]+", "_").replaceAll("^[._]+|_+$", "");
        return safe.isEmpty() ? "test" : safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    }
}
