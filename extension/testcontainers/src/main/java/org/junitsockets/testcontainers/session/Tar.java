package org.junitsockets.testcontainers.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes an archive as engines take it, in the format {@code ustar} of POSIX. Everything in it belongs to
 * root, and has no time.
 */
final class Tar implements Closeable {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PREFIX = 155;

    private static final int DIRECTORY = 0755;

    private final OutputStream out;
    private final Set<String> directories = new HashSet<>();

    Tar(OutputStream out) {
        this.out = out;
    }

    /**
     * Adds a directory, and those it is in.
     *
     * @param path without a slash at the beginning and the end
     */
    void directory(String path, int mode) throws IOException {
        if (directories.add(path)) {
            parents(path);
            header(path + "/", mode, 0, '5');
        }
    }

    /** Adds a file, and the directories it is in. */
    void file(String path, int mode, byte[] content) throws IOException {
        parents(path);
        header(path, mode, content.length, '0');
        out.write(content);
        pad(content.length);
    }

    /** Adds what the file has, at another path. */
    void file(String path, int mode, Path source) throws IOException {
        long size = Files.size(source);
        parents(path);
        header(path, mode, size, '0');
        long copied = Files.copy(source, out);
        if (copied != size) {
            throw new IOException(source + ": found " + copied + " bytes (expected: " + size + ")");
        }
        pad(size);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }

    private void parents(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            directory(path.substring(0, slash), DIRECTORY);
        }
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    private void header(String path, int mode, long size, char type) throws IOException {
        byte[] name = path.getBytes(UTF_8);
        int split = 0; // what is before it, and its slash, goes into the prefix
        while (name.length - split > LONGEST_NAME) {
            do {
                split++;
            } while (split < name.length && name[split - 1] != '/');
        }
        if (split == name.length || split - 1 > LONGEST_PREFIX) {
            throw new IOException("found a path of " + name.length + " bytes (expected: what ustar can name): " + path);
        }
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, split, header, 0, name.length - split);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0); // user
        octal(header, 116, 8, 0); // group
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0); // time
        header[156] = (byte) type;
        text(header, 257, "ustar\00000");
        System.arraycopy(name, 0, header, 345, Math.max(0, split - 1));
        text(header, 148, "        "); // the checksum counts as spaces
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static void octal(byte[] header, int at, int length, long value) {
        text(header, at, String.format("%0" + (length - 1) + "o", value));
        header[at + length - 1] = 0;
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
