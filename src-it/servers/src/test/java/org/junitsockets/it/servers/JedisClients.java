package org.junitsockets.it.servers;

import java.net.InetSocketAddress;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Jedis, without the greeting that it sends first. */
final class JedisClients {

    static final int PATIENT = 10_000;
    static final int IMPATIENT = 200;

    private JedisClients() {}

    private static JedisClientConfig config(int timeoutMillis) {
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol() // no HELLO
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // no CLIENT SETINFO
                .connectionTimeoutMillis(PATIENT)
                .socketTimeoutMillis(timeoutMillis)
                .build();
    }

    static Jedis connect(InetSocketAddress address, int timeoutMillis) {
        return new Jedis(hostAndPort(address), config(timeoutMillis));
    }

    static RedisClient pool(InetSocketAddress address, int timeoutMillis) {
        return RedisClient.builder()
                .hostAndPort(hostAndPort(address))
                .clientConfig(config(timeoutMillis))
                .build();
    }

    private static HostAndPort hostAndPort(InetSocketAddress address) {
        return new HostAndPort(address.getAddress().getHostAddress(), address.getPort());
    }
}
