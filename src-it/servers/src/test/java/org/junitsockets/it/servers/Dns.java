package org.junitsockets.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junitsockets.LengthPrefix;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** dnsjava. */
final class Dns {

    /** Over TCP a message comes after its length, in two bytes (RFC 1035, 4.2.2). */
    static final LengthPrefix OVER_TCP = LengthPrefix.U16;

    static final Duration PATIENT = Duration.ofSeconds(10);
    static final Duration IMPATIENT = Duration.ofMillis(300);

    private Dns() {}

    static SimpleResolver resolver(InetSocketAddress server, Duration timeout) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        return resolver;
    }

    static Message query(String name) {
        try {
            return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message parse(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    }
}
