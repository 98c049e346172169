package org.junitsockets.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a capture back, from the specifications of pcapng, IP, TCP and UDP, and checks what each of them demands. */
final class CaptureFile {

    final List<Option> section = new ArrayList<>();
    final List<Option> description = new ArrayList<>();
    final List<Frame> frames = new ArrayList<>();

    private CaptureFile(ByteBuffer file) {
        file.order(ByteOrder.LITTLE_ENDIAN);
        while (file.hasRemaining()) {
            int start = file.position();
            int type = file.getInt();
            int length = file.getInt();
            assertThat(length % 4).as("length of the block at %d", start).isZero();
            assertThat(file.getInt(start + length - 4)).isEqualTo(length);
            ByteBuffer body = file.slice(start + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
            read(type, body, start == 0);
            file.position(start + length);
        }
    }

    static CaptureFile in(Path directory) throws IOException {
        return new CaptureFile(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("transcript.pcapng"))));
    }

    private void read(int type, ByteBuffer body, boolean first) {
        assertThat(type == 0x0A0D0D0A).as("begins with a section").isEqualTo(first);
        switch (type) {
            case 0x0A0D0D0A -> {
                assertThat(body.getInt()).isEqualTo(0x1A2B3C4D);
                assertThat(body.getShort()).isEqualTo((short) 1);
                assertThat(body.getShort()).isEqualTo((short) 0);
                assertThat(body.getLong()).isEqualTo(-1);
                options(body, section);
            }
            case 1 -> {
                assertThat(body.getShort()).as("link type").isEqualTo((short) 101);
                body.position(8);
                options(body, description);
            }
            case 6 -> frames.add(frame(body));
            default -> throw new AssertionError("block of type " + type);
        }
    }

    private static Frame frame(ByteBuffer body) {
        assertThat(body.getInt()).as("interface").isZero();
        long nanos = ((long) body.getInt() << 32) | (body.getInt() & 0xFFFF_FFFFL);
        int captured = body.getInt();
        assertThat(body.getInt()).isEqualTo(captured);
        byte[] packet = new byte[captured];
        body.get(packet);
        body.position((body.position() + 3) & ~3);
        List<Option> options = new ArrayList<>();
        options(body, options);
        return new Frame(nanos, packet, options);
    }

    private static void options(ByteBuffer body, List<Option> options) {
        int code = -1;
        while (code != 0) {
            code = body.getShort() & 0xFFFF;
            byte[] value = new byte[body.getShort() & 0xFFFF];
            body.get(value);
            body.position((body.position() + 3) & ~3);
            if (code != 0) {
                options.add(new Option(code, value));
            }
        }
        assertThat(body.hasRemaining())
                .as("something after the end of the options")
                .isFalse();
    }

    static List<String> texts(List<Option> options, int code) {
        return options.stream()
                .filter(option -> option.code == code)
                .map(option -> new String(option.value, UTF_8))
                .toList();
    }

    /** What a follower of the stream puts together: the bytes of one direction of those frames by their numbers. */
    static byte[] stream(List<Frame> frames, int sourcePort) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int next = 0;
        for (Frame frame : frames) {
            if (frame.sourcePort() == sourcePort) {
                next = all.size() == 0 && frame.payload().length > 0 ? frame.sequence() : next;
                if (frame.payload().length > 0) {
                    assertThat(frame.sequence()).isEqualTo(next);
                }
                all.writeBytes(frame.payload());
                next += frame.payload().length;
            }
        }
        return all.toByteArray();
    }

    static final class Option {

        final int code;
        final byte[] value;

        Option(int code, byte[] value) {
            this.code = code;
            this.value = value;
        }
    }

    /** A packet whose checksums and lengths are right. */
    static final class Frame {

        final long nanos;
        final byte[] packet;
        final List<Option> options;
        private final ByteBuffer carried;
        private final int protocol;

        Frame(long nanos, byte[] packet, List<Option> options) {
            this.nanos = nanos;
            this.packet = packet;
            this.options = options;
            ByteBuffer ip = ByteBuffer.wrap(packet);
            boolean six = packet[0] >> 4 == 6;
            int header = six ? 40 : 20;
            this.protocol = packet[six ? 6 : 9];
            assertThat(protocol).isIn(6, 17);
            if (six) {
                assertThat(ip.getShort(4) & 0xFFFF).isEqualTo(packet.length - 40);
            } else {
                assertThat(packet[0]).isEqualTo((byte) 0x45);
                assertThat(ip.getShort(2) & 0xFFFF).isEqualTo(packet.length);
                assertThat(sum(packet, 0, 20)).as("checksum of IP").isEqualTo(0xFFFF);
            }
            ByteArrayOutputStream checked = new ByteArrayOutputStream();
            checked.write(packet, six ? 8 : 12, six ? 32 : 8);
            checked.writeBytes(ByteBuffer.allocate(8)
                    .putInt(packet.length - header)
                    .putInt(protocol)
                    .array());
            checked.write(packet, header, packet.length - header);
            assertThat(sum(checked.toByteArray(), 0, checked.size()))
                    .as("checksum of TCP or UDP")
                    .isEqualTo(0xFFFF);
            this.carried = ip.slice(header, packet.length - header);
            if (isUdp()) {
                assertThat(carried.getShort(4) & 0xFFFF).as("length of UDP").isEqualTo(packet.length - header);
                assertThat(carried.getShort(6)).as("checksum of UDP").isNotZero();
            }
        }

        private static int sum(byte[] bytes, int from, int to) {
            int sum = 0;
            for (int i = from; i < to; i++) {
                sum += (bytes[i] & 0xFF) << ((i - from) % 2 == 0 ? 8 : 0);
                sum = (sum & 0xFFFF) + (sum >>> 16);
            }
            return sum;
        }

        int sourcePort() {
            return carried.getShort(0) & 0xFFFF;
        }

        int sequence() {
            return carried.getInt(4);
        }

        int acknowledgement() {
            return carried.getInt(8);
        }

        boolean isUdp() {
            return protocol == 17;
        }

        byte[] payload() {
            int header = isUdp() ? 8 : (carried.get(12) >> 4 & 0xF) * 4;
            return Arrays.copyOfRange(carried.array(), carried.arrayOffset() + header, packet.length);
        }

        /** Such as {@code SYN ACK}. */
        String flags() {
            String[] names = {"FIN", "SYN", "RST", "PSH", "ACK"};
            List<String> set = new ArrayList<>();
            for (int i = 0; i < names.length; i++) {
                if ((carried.get(13) & 1 << i) != 0) {
                    set.add(names[i]);
                }
            }
            return String.join(" ", set);
        }

        boolean isOutbound() {
            int flags = ByteBuffer.wrap(options.stream()
                            .filter(option -> option.code == 2)
                            .findFirst()
                            .orElseThrow()
                            .value)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            assertThat(flags).isBetween(1, 2);
            return flags == 2;
        }

        List<String> comments() {
            return texts(options, 1);
        }

        /** Such as {@code 40000 PSH ACK 6}. */
        @Override
        public String toString() {
            return sourcePort() + " " + (isUdp() ? "UDP" : flags())
                    + (payload().length == 0 ? "" : " " + payload().length);
        }
    }
}
