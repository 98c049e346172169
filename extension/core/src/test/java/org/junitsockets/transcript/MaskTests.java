package org.junitsockets.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;

class MaskTests {

    private static String masked(String expression, String text) {
        return new String(Mask.of("parameter", expression).apply(text.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    @Test
    void allOfAMatchIsHidden() {
        assertThat(masked("PASS \\w+", "USER joe\r\nPASS secret\r\nPASS x\r\n"))
                .isEqualTo("USER joe\r\n***********\r\n******\r\n");
    }

    @Test
    void whereThereAreGroupsOnlyTheyAreHidden() {
        assertThat(masked("PASS (\\w+)", "USER joe\r\nPASS secret\r\n")).isEqualTo("USER joe\r\nPASS ******\r\n");
        assertThat(masked("(\\w)=(\\d+)", "a=12 b=3")).isEqualTo("*=** *=*");
        assertThat(masked("k(?:ey)?=(\\d+)|tok=(\\w+)", "key=12 tok=ab")).isEqualTo("key=** tok=**");
    }

    @Test
    void anEmptyMatchHidesNothing() {
        assertThat(masked("x*", "abc")).isEqualTo("abc");
        assertThat(masked("", "abc")).isEqualTo("abc");
    }

    @Test
    void bytesThatAreNoTextAreMatchedOneByOne() {
        byte[] bytes = {(byte) 0xFF, 0, (byte) 0x80, (byte) 0xFF};
        assertThat(Mask.of("parameter", "\\xFF").apply(bytes)).containsExactly('*', 0, 0x80, '*');
        byte[] text = "p\u00e4ss".getBytes(UTF_8);
        assertThat(Mask.of("parameter", "p..ss").apply(text)).isEqualTo("*****".getBytes(UTF_8));
    }

    @Test
    void aTextMayHaveAnyCharacters() {
        assertThat(Mask.of("parameter", "\u20ac\\d+").apply("for \u20ac12 \u2192"))
                .isEqualTo("for *** \u2192");
    }

    @Test
    void withoutAnExpressionNothingIsHidden() {
        assertThat(Mask.NONE.apply("secret")).isEqualTo("secret");
        assertThat(Mask.NONE.apply(new byte[] {1})).containsExactly(1);
    }

    @Test
    void whatIsSaidBesidesIsMaskedToo() {
        Recording recording = new Recording(100, () -> 0);
        recording.event(Kind.TIMED_OUT, "expectLine(\"PASS secret\")");
        assertThat(recording
                        .snapshot(1, true, Mask.of("parameter", "PASS (\\w+)"))
                        .masked()
                        .entries())
                .extracting(Transcript.Entry::detail)
                .containsExactly("expectLine(\"PASS ******\")");
    }

    @Test
    void whatIsOnSeveralConnectionsIsNoMatch() {
        Mask mask = Mask.of("parameter", "secret");
        Recording first = new Recording(100, () -> 1);
        Recording second = new Recording(100, () -> 2);
        first.received("sec".getBytes(UTF_8), 0, 3);
        second.received("xx".getBytes(UTF_8), 0, 2);
        first.received("ret".getBytes(UTF_8), 0, 3);
        second.received("secret".getBytes(UTF_8), 0, 6);
        Snapshot both = Snapshot.of(List.of(first.snapshot(1, true, mask), second.snapshot(2, true, mask)), mask);
        assertThat(both.masked().received()).asString().isEqualTo("******xx******");
        assertThat(both.received()).asString().isEqualTo("secretxxsecret");
        assertThat(both.toString()).doesNotContain("secret").doesNotContain("\"sec\"");
    }

    @Test
    void whatIsNoRegularExpressionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.of("junitsockets.transcript.mask", "PASS (\\w+"))
                .withMessage("junitsockets.transcript.mask: found 'PASS (\\w+' (expected: a regular expression;"
                        + " Unclosed group at 9)");
    }
}
