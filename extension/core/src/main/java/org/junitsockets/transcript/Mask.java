package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript.Entry;
import org.junitsockets.Transcript.Kind;

/**
 * What must not be seen: each byte of it becomes an asterisk in whatever is written.
 *
 * <p>The pattern is matched against a direction's bytes as ISO-8859-1, so across the borders of what
 * was read or written at once. Where it has groups, only they are replaced.
 */
public final class Mask {

    /** Hides nothing. */
    public static final Mask NONE = new Mask(null);

    private final @Nullable Pattern pattern;

    private Mask(@Nullable Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads one.
     *
     * @param parameter whose value it is, for the message
     * @throws IllegalArgumentException if it is no regular expression
     */
    public static Mask of(String parameter, String expression) {
        try {
            return new Mask(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    parameter + ": found '" + expression + "' (expected: a regular expression; " + e.getDescription()
                            + " at " + e.getIndex() + ")",
                    e);
        }
    }

    /** What {@link #of} reads; empty for {@link #NONE}. */
    public String expression() {
        return pattern == null ? "" : pattern.pattern();
    }

    public byte[] apply(byte[] bytes) {
        return pattern == null ? bytes : apply(new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    /** The same for a text, of any characters. */
    public String apply(String text) {
        if (pattern == null) {
            return text;
        }
        char[] masked = text.toCharArray();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = Math.min(1, matcher.groupCount()); group <= matcher.groupCount(); group++) {
                if (matcher.start(group) >= 0) {
                    Arrays.fill(masked, matcher.start(group), matcher.end(group), '*');
                }
            }
        }
        return new String(masked);
    }

    /** Bytes in a message, as {@link Bytes#describe(byte[])} puts them. */
    public String describe(byte[] bytes) {
        return Bytes.describe(apply(bytes));
    }

    /** The beginning of something longer in a message. */
    public String describe(byte[] head, long total) {
        return Bytes.describe(apply(head), total);
    }

    /** A text in a message, in quotes. */
    public String quote(String text) {
        return Bytes.quote(apply(text));
    }

    /** Two byte sequences in a message; that something differs behind the mask is still said. */
    public String difference(byte[] expected, byte[] actual) {
        return Bytes.difference(apply(expected), apply(actual), Arrays.mismatch(expected, actual));
    }

    /** The entries of one connection, masked in both directions and in what is said besides. */
    List<Entry> apply(List<Entry> entries) {
        if (pattern == null) {
            return entries;
        }
        List<Entry> masked = new ArrayList<>(entries);
        for (Kind direction : List.of(Kind.RECEIVED, Kind.SENT)) {
            apply(direction, masked);
        }
        masked.replaceAll(entry -> entry.detail().isEmpty()
                ? entry
                : new Snapshot.Entry(
                        entry.connection(),
                        entry.kind(),
                        entry.nanoTime(),
                        entry.time(),
                        entry.bytes(),
                        apply(entry.detail())));
        return masked;
    }

    private void apply(Kind direction, List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            if (entry.kind() == direction) {
                text.append(new String(entry.bytes(), ISO_8859_1));
            }
        }
        byte[] bytes = apply(text.toString()).getBytes(ISO_8859_1);
        int at = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.kind() == direction) {
                int end = at + entry.bytes().length;
                entries.set(
                        i,
                        new Snapshot.Entry(
                                entry.connection(),
                                direction,
                                entry.nanoTime(),
                                entry.time(),
                                Arrays.copyOfRange(bytes, at, end),
                                entry.detail()));
                at = end;
            }
        }
    }
}
