package org.junitsockets.jupiter.spi;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Closeable;
import java.net.SocketAddress;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitsockets.Tls;

/**
 * Something that clients can connect to. It is closed after them, once. All methods may be called from any
 * thread.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface OpenedEndpoint extends Closeable {

    /**
     * Returns where it is.
     *
     * @return an address that clients in this JVM can connect to
     */
    SocketAddress address();

    /**
     * Returns where one of its further ports is.
     *
     * @param port one of {@link EndpointFactory#ports(java.lang.annotation.Annotation)}
     * @return the address
     */
    default SocketAddress address(String port) {
        throw new UnsupportedOperationException("there is one port only");
    }

    /**
     * Returns the identity that it has for TLS.
     *
     * @return what clients trust; empty where there is no TLS
     */
    default Optional<Tls> tls() {
        return Optional.empty();
    }

    /**
     * Returns what is to be injected.
     *
     * @param type one of {@link EndpointFactory#types()}, or a subtype
     * @return an object of one of those types
     */
    default Object object(Class<?> type) {
        throw new UnsupportedOperationException("nothing is to be injected");
    }

    /**
     * Returns what a reader should know where a test has failed, such as the end of its log.
     *
     * @return lines, of which there are not many; empty by default
     */
    default String evidence() {
        return "";
    }
}
