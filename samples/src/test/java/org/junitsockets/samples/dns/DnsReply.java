package org.junitsockets.samples.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a name server answers, put together byte by byte, so that it can also be wrong:
 *
 * <pre>{@code
 * Message query = server.awaitMessage();
 * query.reply(DnsReply.to(query.bytes()).address("192.0.2.1").encode());
 * }</pre>
 *
 * <p>Immutable. The library that is tested has an encoder too, and it shares the mistakes of the decoder.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4.1">RFC 1035, 4.1: Format</a>
 */
final class DnsReply {

    private static final int HEADER = 12;

    /** It is a response; recursion was desired and is available. */
    private static final int RESPONSE = 0x8180;

    private static final int TRUNCATED = 0x0200;

    private final int id;
    private final int flags;
    private final byte[] question;
    private final List<byte[]> addresses;

    private DnsReply(int id, int flags, byte[] question, List<byte[]> addresses) {
        this.id = id;
        this.flags = flags;
        this.question = question;
        this.addresses = addresses;
    }

    /** Answers the one question of a query, with its ID, and with nothing yet. */
    static DnsReply to(byte[] query) {
        int end = HEADER;
        while (query[end] != 0) {
            end += 1 + query[end]; // a label: its length, and its characters
        }
        end += 1 + 2 + 2; // the root, the type, the class
        return new DnsReply(id(query), RESPONSE, Arrays.copyOfRange(query, HEADER, end), List.of());
    }

    /** The ID of a message: its first two bytes. */
    static int id(byte[] message) {
        return ByteBuffer.wrap(message).getShort() & 0xffff;
    }

    /** The same under another ID. */
    DnsReply withId(int other) {
        return new DnsReply(other, flags, question, addresses);
    }

    /** The same, as an answer to a question that somebody else has asked, perhaps. */
    DnsReply withQuestion(DnsReply other) {
        return new DnsReply(id, flags, other.question, addresses);
    }

    /** Says that there is more than fits. */
    DnsReply truncated() {
        return new DnsReply(id, flags | TRUNCATED, question, addresses);
    }

    /** One more address. */
    DnsReply address(String literal) {
        List<byte[]> more = new ArrayList<>(addresses);
        try {
            more.add(InetAddress.getByName(literal).getAddress()); // a literal is not looked up
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
        return new DnsReply(id, flags, question, List.copyOf(more));
    }

    byte[] encode() {
        ByteBuffer message = ByteBuffer.allocate(HEADER + question.length + addresses.size() * 28);
        message.putShort((short) id).putShort((short) flags);
        message.putShort((short) 1).putShort((short) addresses.size()).putInt(0); // how many of each
        message.put(question);
        for (byte[] address : addresses) {
            message.putShort((short) 0xc00c); // the name that is at byte 12: that of the question
            message.putShort((short) (address.length == 4 ? 1 : 28)).putShort((short) 1); // A or AAAA, IN
            message.putInt(300).putShort((short) address.length).put(address);
        }
        return Arrays.copyOf(message.array(), message.position());
    }
}
