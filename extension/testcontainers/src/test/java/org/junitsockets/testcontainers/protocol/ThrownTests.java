package org.junitsockets.testcontainers.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.IncapableTransportException;

/** What was thrown on one side, on the other. */
class ThrownTests {

    private static byte[] encoded(Throwable thrown) {
        Frame.Builder frame = Event.ENDED.of(1, 0).put(true);
        Thrown.of(thrown).put(frame);
        ByteBuffer bytes = frame.encoded();
        byte[] payload = new byte[bytes.remaining() - Frame.HEADER - 2]; // without the event and whether it is one
        bytes.get(Frame.HEADER + 2, payload);
        return payload;
    }

    private static Throwable decoded(byte[] payload) throws ProtocolException {
        return Thrown.get(new Frame(Kind.EVENT, 1, ByteBuffer.wrap(payload))).toThrowable(Transport.TCP);
    }

    private static Throwable sent(Throwable thrown) throws ProtocolException {
        return decoded(encoded(thrown));
    }

    private static final class Own extends IOException {
        private static final long serialVersionUID = 1L;

        Own(String message) {
            super(message);
        }
    }

    private static final class OwnError extends AssertionError {
        private static final long serialVersionUID = 1L;

        OwnError(String message) {
            super(message);
        }
    }

    @Test
    void whatTheListHasIsWhatItWas() throws Exception {
        for (Throwable thrown : List.of(
                new IOException("one"),
                new ConnectException("two"),
                new SSLHandshakeException("three"),
                new AssertionError("four"),
                new UncheckedIOException("five", new IOException("six")),
                new UnsupportedTransportException("seven"),
                new IncapableTransportException(Transport.TCP, "eight"),
                new UnsupportedLocationException(Location.CONTAINER, Transport.TCP, "nine"))) {
            assertThat(sent(thrown)).isExactlyInstanceOf(thrown.getClass()).hasMessage(thrown.getMessage());
        }
        assertThat(sent(new IOException())).hasToString("java.io.IOException").hasMessage(null);
        assertThat(sent(new AssertionError())).hasToString("java.lang.AssertionError");
    }

    @Test
    void whatItHasNotSaysWhatItWas() throws Exception {
        assertThat(sent(new Own("mine")))
                .isInstanceOf(RuntimeException.class)
                .hasToString(Own.class.getName() + ": mine");
        assertThat(sent(new OwnError("mine")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("mine")
                .hasToString(OwnError.class.getName() + ": mine");
        assertThat(sent(new NoClassDefFoundError("org/example/None")))
                .hasToString("java.lang.NoClassDefFoundError: org/example/None");
        assertThat(sent(new UncheckedIOException(new Own("mine"))).getCause())
                .hasToString(Own.class.getName() + ": mine");
    }

    @Test
    void itsStackTraceCauseAndWhatWasSuppressedComeWithIt() throws Exception {
        Exception thrown = new IllegalStateException("a", new IllegalArgumentException("b"));
        thrown.addSuppressed(new Own("c"));
        Throwable sent = sent(thrown);
        assertThat(sent.getStackTrace())
                .extracting(StackTraceElement::getClassName, StackTraceElement::getMethodName)
                .isEqualTo(List.of(thrown.getStackTrace()).stream()
                        .map(one -> org.assertj.core.api.Assertions.tuple(one.getClassName(), one.getMethodName()))
                        .toList());
        assertThat(sent.getStackTrace()[0].getLineNumber()).isEqualTo(thrown.getStackTrace()[0].getLineNumber());
        assertThat(sent.getStackTrace()[0].getFileName()).isEqualTo("ThrownTests.java");
        assertThat(sent.getCause()).hasToString("java.lang.IllegalArgumentException: b");
        assertThat(sent.getSuppressed()).singleElement().hasToString(Own.class.getName() + ": c");
    }

    @Test
    void howeverMuchThereIsItFits() throws Exception {
        Exception inner = new IllegalStateException("x".repeat(1_000_000));
        for (int i = 0; i < 100; i++) {
            Exception outer = new IllegalStateException("\u00e4".repeat(100_000), inner);
            outer.addSuppressed(new Own("\uD83D\uDE00".repeat(50_000)));
            inner = outer;
        }
        Exception circular = new IllegalStateException("round");
        circular.addSuppressed(new IllegalStateException("and round", circular));
        inner.addSuppressed(circular);
        assertThat(sent(inner)).hasMessageStartingWith("\u00e4\u00e4");
        assertThat(sent(circular).getSuppressed()[0].getCause()).isNull();
        List<Integer> sizes = new ArrayList<>();
        for (Exception one : List.of(inner, circular)) {
            sizes.add(encoded(one).length);
        }
        assertThat(sizes).allMatch(size -> size <= Frame.MAX_DATA);
    }

    @Test
    void aMessageThatCannotBeHadIsNoReasonToFail() throws Exception {
        assertThat(sent(new RuntimeException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no");
                    }
                }))
                .hasMessage("its message cannot be had: java.lang.IllegalStateException");
    }

    @Test
    void whateverElseComesIsRefusedOrThrowable() throws Exception {
        byte[] good = encoded(new IllegalStateException("a", new IllegalArgumentException("b")));
        Random random = new Random(20261126);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoded(bad)).isNotNull();
            } catch (ProtocolException e) {
                assertThat(e).hasMessageContaining("found").hasMessageContaining("expected");
            }
        }
        for (int length = 0; length < good.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThatThrownBy(() -> decoded(cut)).isInstanceOf(ProtocolException.class);
        }
    }
}
