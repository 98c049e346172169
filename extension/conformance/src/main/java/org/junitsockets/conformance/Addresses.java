package org.junitsockets.conformance;

import static org.junitsockets.Capability.CONNECTIONS;
import static org.junitsockets.Capability.IP_ADDRESS;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Point 7: who is connected to whom. */
final class Addresses {

    private static final int CLIENTS = 8;

    private Addresses() {}

    static void match(Trial trial) throws Exception {
        Listener listener = trial.listen();
        EndPair pair = trial.pair(listener);
        End client = pair.client();
        End server = pair.server();
        same(
                "remoteAddress() of " + server,
                server.remoteAddress(),
                "localAddress() of " + client,
                client.localAddress());
        same(
                "remoteAddress() of " + client,
                client.remoteAddress(),
                "localAddress() of " + server,
                server.localAddress());
        same("remoteAddress() of " + client, client.remoteAddress(), "address() of the listener", listener.address());
    }

    private static void same(String what, SocketAddress found, String as, SocketAddress expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(what + ": found " + found + " (expected: " + expected + ", the " + as + ")");
        }
    }

    static void tellClientsApart(Trial trial) throws Exception {
        trial.needs(IP_ADDRESS);
        Listener listener = trial.listen();
        List<EndPair> pairs = new ArrayList<>();
        Map<SocketAddress, Integer> numbers = new HashMap<>();
        List<End> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            End client = listener.connect();
            clients.add(client);
            numbers.put(client.localAddress(), i);
            if (!trial.has(CONNECTIONS)) {
                client.write(SocketConformance.greeting());
            }
        }
        for (int i = 0; i < CLIENTS; i++) {
            End server = listener.accept(trial.patience());
            SocketAddress remote = server.remoteAddress();
            Integer number = numbers.remove(remote);
            if (number == null) {
                throw new AssertionError(
                        "remoteAddress() of " + server + " that was accepted as number " + (i + 1) + ": found " + remote
                                + " (expected: one of " + numbers.keySet() + ", the clients without one)");
            }
            if (!trial.has(CONNECTIONS)) {
                Bytes.expect(trial, server, SocketConformance.greeting());
            }
            EndPair pair = new EndPair(clients.get(number), server);
            trial.handshake(pair);
            pairs.add(pair);
        }
        for (int i = 0; i < CLIENTS; i++) {
            Bytes.pass(trial, pairs.get(i).client(), pairs.get(i).server(), (byte) i);
        }
    }

    static void noStranger(Trial trial) throws Exception {
        trial.needs(IP_ADDRESS);
        Listener listener = trial.listen();
        End stranger = listener.connect();
        Call<?> writer = trial.start("a stranger", () -> {
            stranger.write(trial.has(CONNECTIONS) ? new byte[] {'s'} : SocketConformance.greeting());
            return true;
        });
        if (!trial.has(CONNECTIONS)) {
            writer.get(trial.patience());
        }
        EndPair pair = trial.ask("pair(the listener)", () -> trial.subject().pair(listener));
        SocketAddress found = pair.server().remoteAddress();
        SocketAddress expected = pair.client().localAddress();
        if (!found.equals(expected)) {
            throw new AssertionError("pair(the listener), while a stranger from " + stranger.localAddress()
                    + " was connected: found a server's end for " + found + " (expected: for " + expected
                    + ", the client's end)");
        }
        try {
            writer.get(trial.patience());
        } catch (IOException e) {
            return; // turned away
        }
    }
}
