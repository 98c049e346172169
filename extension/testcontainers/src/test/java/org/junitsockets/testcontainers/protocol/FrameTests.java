package org.junitsockets.testcontainers.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads: what was put in comes out, and what is not as it should be is said. */
class FrameTests {

    private static Frame received(Frame.Builder builder) throws ProtocolException {
        ByteBuffer bytes = builder.encoded();
        assertThat(bytes.getInt()).isEqualTo(bytes.limit() - Frame.HEADER);
        return new Frame(Kind.of(bytes.get()), bytes.getInt(), bytes.slice());
    }

    private static void assertWrong(String message, Frame frame, ThrowingRead read) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read.from(frame))
                .withMessage(message);
    }

    private interface ThrowingRead {
        void from(Frame frame) throws ProtocolException;
    }

    private static Frame of(int... bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            payload.put((byte) each);
        }
        return new Frame(Kind.DATA, 7, payload.flip());
    }

    @Test
    void whatWasPutInComesOut() throws Exception {
        InetSocketAddress four = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 65_535);
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1);
        Frame frame = received(Frame.of(Kind.LISTEN, -2)
                .put(true)
                .putByte(255)
                .putInt(Integer.MAX_VALUE)
                .putLong(Long.MIN_VALUE)
                .putText("Grüße")
                .putAddress(four)
                .putAddress(six)
                .put(ByteBuffer.wrap(new byte[] {1, 2})));
        assertThat(frame.kind()).isEqualTo(Kind.LISTEN);
        assertThat(frame.id()).isEqualTo(-2);
        assertThat(frame).hasToString("LISTEN of 4294967294");
        assertThat(frame.getBoolean()).isTrue();
        assertThat(frame.getByte()).isEqualTo(255);
        assertThat(frame.getCount()).isEqualTo(Integer.MAX_VALUE);
        assertThat(frame.getLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(frame.getText()).isEqualTo("Grüße");
        assertThat(frame.getAddress()).isEqualTo(four);
        assertThat(frame.getAddress()).isEqualTo(six);
        assertWrong("the end of LISTEN of 4294967294: found 2 more bytes (expected: none)", frame, Frame::requireEnd);
        assertThat(frame.getRest()).containsExactly(1, 2);
        frame.requireEnd();
    }

    @Test
    void whatIsTooShortIsSaid() {
        assertWrong("the payload of DATA of 7: found 0 bytes at its end (expected: at least 1)", of(), Frame::getByte);
        assertWrong(
                "the payload of DATA of 7: found 3 bytes at its end (expected: at least 4)",
                of(0, 0, 0),
                Frame::getInt);
        assertWrong("the payload of DATA of 7: found 1 bytes at its end (expected: at least 8)", of(0), Frame::getLong);
        assertWrong(
                "the payload of DATA of 7: found 1 bytes at its end (expected: at least 2)",
                of(0, 0, 0, 2, 'a'),
                Frame::getText);
        assertWrong(
                "the payload of DATA of 7: found 5 bytes at its end (expected: at least 6)",
                of(4, 1, 2, 3, 4, 5),
                Frame::getAddress);
    }

    @Test
    void whatCannotBeIsSaid() {
        assertWrong("a truth value in DATA of 7: found 2 (expected: 0 or 1)", of(2), Frame::getBoolean);
        assertWrong(
                "a number in DATA of 7: found 4294967295 (expected: at most 2147483647)",
                of(255, 255, 255, 255),
                Frame::getCount);
        assertWrong(
                "the length of a text in DATA of 7: found 4294967295 (expected: at most 8192)",
                of(255, 255, 255, 255),
                Frame::getText);
        assertWrong(
                "the length of a text in DATA of 7: found 8193 (expected: at most 8192)",
                of(0, 0, 32, 1),
                Frame::getText);
        assertWrong(
                "a text in DATA of 7: found bytes that are none (expected: UTF-8)",
                of(0, 0, 0, 1, 0xff),
                Frame::getText);
        assertWrong("the length of an address in DATA of 7: found 5 (expected: 4 or 16)", of(5), Frame::getAddress);
        assertWrong(
                "the kind of a failure in DATA of 7: found 5 (expected: less than 5)",
                of(5),
                frame -> Failure.get(frame));
        for (int code : new int[] {0, 10, 15, 19, 34, 63, 255}) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> Kind.of(code))
                    .withMessage("the type of a frame: found " + code + " (expected: one of version 1)");
        }
    }

    /** Whatever its characters are, what is left of it is text, and fits. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "€", "𝄞"})
    void aTextThatIsTooLongIsCutBetweenCharacters(String character) throws Exception {
        for (int before = 0; before < 4; before++) {
            String text = "x".repeat(before) + character.repeat(Frame.MAX_TEXT);
            String kept = received(Frame.of(Kind.ERROR, 1).putText(text)).getText();
            assertThat(text).startsWith(kept);
            assertThat(kept.getBytes(UTF_8)).hasSizeBetween(Frame.MAX_TEXT - 3, Frame.MAX_TEXT);
        }
    }

    @Test
    void whatIsTooLongForAFrameIsNotSent() {
        ByteBuffer most = ByteBuffer.allocate(Frame.MAX_PAYLOAD);
        Frame.Builder frame = Frame.of(Kind.DATA, 1).put(most);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frame.putByte(1))
                .withMessage("DATA: found a payload of 65601 bytes (expected: at most 65600)");
    }

    @Test
    void aFailureIsTheSameOnTheOtherSide() throws Exception {
        for (IOException each : new IOException[] {
            new IOException("a"), new SocketException("b"), new BindException("c"), new PortUnreachableException("d")
        }) {
            Frame.Builder frame = Frame.of(Kind.ERROR, 1);
            Failure.put(frame, each);
            assertThat(Failure.get(received(frame))).hasSameClassAs(each).hasMessage(each.getMessage());
        }
        Frame.Builder frame = Frame.of(Kind.ERROR, 1);
        Failure.put(frame, new IllegalStateException());
        assertThat(Failure.get(received(frame)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("IllegalStateException");
    }

    @Test
    void creditIsKeptTo() throws Exception {
        Window window = new Window(Window.initial(0));
        assertThat(window.credit()).isEqualTo(256 * 1024);
        assertThat(Window.initial(1)).isEqualTo(1024);
        assertThat(Window.initial(4096)).isEqualTo(4096);
        assertThat(Window.initial(Integer.MAX_VALUE)).isEqualTo(256 * 1024);
        window.use(256 * 1024);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> window.use(1))
                .withMessage("data: found 1 bytes (expected: at most 0, the credit for it)");
        window.grant(received(Frame.of(Kind.WINDOW, 1).putInt(Window.MESSAGES)));
        assertThat(window.credit()).isEqualTo(Window.MESSAGES);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> window.grant(received(Frame.of(Kind.WINDOW, 1).putInt(1))))
                .withMessage("the credit of WINDOW of 1: found 1048577 (expected: at most 1048576 bytes)");
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> window.grant(received(Frame.of(Kind.WINDOW, 1).putInt(Integer.MAX_VALUE))));
    }
}
