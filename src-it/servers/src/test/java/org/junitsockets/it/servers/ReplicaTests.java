package org.junitsockets.it.servers;

import static org.junitsockets.Location.CONTAINER;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketConnection;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.Endpoint;
import org.junitsockets.jupiter.WithSocketServer;
import org.junitsockets.testcontainers.WithRemoteEndpoint;

/** A server in a container that becomes a client of the test: Redis, which is told to be a replica of it. */
class ReplicaTests {

    @Test
    void introducesItselfToItsPrimary(
            @WithSocketServer SocketServer primary,
            @Endpoint(value = "primary", from = CONTAINER) InetSocketAddress fromTheContainer,
            @WithRemoteEndpoint(image = "junit-sockets-it/redis", port = 6379) SocketConnection redis) {
        primary.onConnection(peer -> {
            peer.expect("*1\r\n$4\r\nPING\r\n").write("+PONG\r\n");
            peer.expect("*3\r\n$8\r\nREPLCONF\r\n$14\r\nlistening-port\r\n$4\r\n6379\r\n");
            peer.checkpoint("introduced").rst();
        });

        redis.write("REPLICAOF " + fromTheContainer.getAddress().getHostAddress() + " " + fromTheContainer.getPort()
                        + "\r\n")
                .expect("+OK\r\n");
        primary.assertReached("introduced");
        redis.write("REPLICAOF NO ONE\r\n").expect("+OK\r\n"); // else it comes again
    }
}
