package org.junitsockets.samples.redis;

import java.net.InetSocketAddress;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * Jedis, set up for these tests.
 *
 * <p>It hangs up by a reset: it sets SO_LINGER to 0. So the peers here end with {@code
 * expectReset()}, where those of other clients end with {@code expectEnd()}.
 */
final class JedisClients {

    private JedisClients() {}

    /**
     * Without the greeting that Jedis sends first ({@link GreetingTests} shows it), so that the
     * scripts have nothing in them but what they are about.
     */
    static JedisClientConfig config(int timeoutMillis) {
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol() // no HELLO
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // no CLIENT SETINFO
                .timeoutMillis(timeoutMillis)
                .build();
    }

    /** One connection. */
    static Jedis connect(InetSocketAddress address) {
        return connect(address, config(5000));
    }

    static Jedis connect(InetSocketAddress address, JedisClientConfig config) {
        return new Jedis(hostAndPort(address), config);
    }

    /** A pool of connections. */
    static RedisClient pool(InetSocketAddress address, boolean testOnBorrow) {
        return pool(address, testOnBorrow, config(5000));
    }

    static RedisClient pool(InetSocketAddress address, boolean testOnBorrow, JedisClientConfig config) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setTestOnBorrow(testOnBorrow);
        return RedisClient.builder()
                .hostAndPort(hostAndPort(address))
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private static HostAndPort hostAndPort(InetSocketAddress address) {
        return new HostAndPort(address.getAddress().getHostAddress(), address.getPort());
    }
}
