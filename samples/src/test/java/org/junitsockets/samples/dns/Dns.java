package org.junitsockets.samples.dns;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.io.DefaultIoClientFactory;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/** The resolver, set up for these tests. */
final class Dns {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Dns() {}

    static SimpleResolver resolver(InetSocketAddress server) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(PATIENCE);
        return resolver;
    }

    /**
     * A name server has one port for both. A test has two servers, and no two that could be sure to get
     * the same number; so the resolver is asked to go to the one for what it would ask the other. That it
     * would go to the same address is checked.
     */
    static SimpleResolver resolver(InetSocketAddress overUdp, InetSocketAddress overTcp) {
        SimpleResolver resolver = resolver(overUdp);
        IoClientFactory factory = new DefaultIoClientFactory();
        resolver.setIoClientFactory(new IoClientFactory() {
            @Override
            public UdpIoClient createOrGetUdpClient() {
                return factory.createOrGetUdpClient();
            }

            @Override
            public TcpIoClient createOrGetTcpClient() {
                return (local, remote, query, data, timeout) -> {
                    assertThat(remote).isEqualTo(overUdp);
                    return factory.createOrGetTcpClient().sendAndReceiveTcp(local, overTcp, query, data, timeout);
                };
            }
        });
        return resolver;
    }

    static Message query(String name) throws IOException {
        return query(name, Type.A);
    }

    static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    /** Asks, and lets the test go on: it is the server. */
    static CompletableFuture<Message> ask(Resolver resolver, String name) throws IOException {
        return resolver.sendAsync(query(name)).toCompletableFuture();
    }

    /** The addresses of an answer, once it is there. */
    static List<String> addresses(CompletableFuture<Message> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> addresses = new ArrayList<>();
        for (Record record : answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getSection(Section.ANSWER)) {
            InetAddress address = record instanceof ARecord a ? a.getAddress() : ((AAAARecord) record).getAddress();
            addresses.add(address.getHostAddress());
        }
        return addresses;
    }
}
