package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;

/** What is masked depends on the bytes of a direction only, not on how they were read and written. */
class MaskPropertyTests {

    @Property(tries = 500)
    void howTheBytesWereCutMakesNoDifference(
            @ForAll("expressions") String expression,
            @ForAll("streams") byte[] received,
            @ForAll("streams") byte[] sent,
            @ForAll @Size(max = 12) List<@IntRange(max = 9) Integer> lengths) {
        Mask mask = Mask.of("parameter", expression);
        Recording recording = new Recording(1024, () -> 0);
        cut(recording, received, sent, lengths);
        Snapshot whole = recording.snapshot(1, true, mask);
        Snapshot masked = whole.masked();
        assertThat(masked.received()).isEqualTo(mask.apply(received));
        assertThat(masked.sent()).isEqualTo(mask.apply(sent));
        assertThat(masked.entries())
                .extracting(Transcript.Entry::kind, entry -> entry.bytes().length)
                .isEqualTo(whole.entries().stream()
                        .map(entry -> tuple(entry.kind(), entry.bytes().length))
                        .toList());
        assertThat(whole.received()).isEqualTo(received);
        assertThat(whole.sent()).isEqualTo(sent);
    }

    /** Both directions in turns, in pieces of these lengths, with something between them now and then. */
    private static void cut(Recording recording, byte[] received, byte[] sent, List<Integer> lengths) {
        int receivedAt = 0;
        int sentAt = 0;
        for (int i = 0; i < lengths.size(); i++) {
            int length = lengths.get(i);
            if (length == 0) {
                recording.event(Kind.CHECKPOINT, "between");
            } else if (i % 2 == 0) {
                int count = Math.min(length, received.length - receivedAt);
                recording.received(received, receivedAt, count);
                receivedAt += count;
            } else {
                int count = Math.min(length, sent.length - sentAt);
                recording.sent(sent, sentAt, count);
                sentAt += count;
            }
        }
        recording.received(received, receivedAt, received.length - receivedAt);
        recording.sent(sent, sentAt, sent.length - sentAt);
    }

    @Property(tries = 500)
    void eachByteOfWhatMatchesIsAnAsteriskAndAllElseIsAsItWas(
            @ForAll("expressions") String expression, @ForAll("streams") byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        String masked = new String(Mask.of("parameter", expression).apply(bytes), ISO_8859_1);
        assertThat(masked).hasSameSizeAs(text);
        boolean[] hidden = hidden(expression, text);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(masked.charAt(i)).as("byte %d", i).isEqualTo(hidden[i] ? '*' : text.charAt(i));
        }
    }

    /** For each byte whether it is within a match, or where there are groups within one of those. */
    private static boolean[] hidden(String expression, String text) {
        boolean[] hidden = new boolean[text.length()];
        Matcher matcher = Pattern.compile(expression).matcher(text);
        while (matcher.find()) {
            List<int[]> stretches = new ArrayList<>();
            if (matcher.groupCount() == 0) {
                stretches.add(new int[] {matcher.start(), matcher.end()});
            }
            for (int group = 1; group <= matcher.groupCount(); group++) {
                stretches.add(new int[] {matcher.start(group), matcher.end(group)});
            }
            for (int[] stretch : stretches) {
                for (int i = Math.max(0, stretch[0]); i < stretch[1]; i++) {
                    hidden[i] = true;
                }
            }
        }
        return hidden;
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                "a",
                "ab",
                "a+b",
                "a(b)",
                "(a)b(c)",
                "(a)|(b)",
                "a(b(c))",
                "(?:ab)+",
                "b?",
                "(?<=a)b",
                "^a",
                "(a*)$",
                "a(?!b)",
                "(?<name>c)a",
                "[^ab]",
                "\\xFF",
                "(?s)a.*c",
                "a(b)?c");
    }

    @Provide
    Arbitrary<byte[]> streams() {
        return Arbitraries.of((byte) 'a', (byte) 'b', (byte) 'c', (byte) '\n', (byte) 0xFF)
                .array(byte[].class)
                .ofMaxSize(40);
    }
}
