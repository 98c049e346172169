package org.junitsockets;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.junitsockets.deadend.HeldPort;

/**
 * A port for somebody else's server that has to be told one and cannot take 0.
 *
 * <p>It is held, so that nobody gets it, until it is let go immediately before that server binds it.
 * In between somebody may be faster, which nothing can prevent; {@link #start(Starter)} tries again
 * with another port then.
 *
 * <pre>{@code
 * Broker broker = PortLease.start(port -> Broker.listeningOn(port));
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface PortLease extends AutoCloseable {

    /**
     * Holds an ephemeral port of the loopback address: of TCP, which TLS uses too, or of UDP, which has ports
     * of its own.
     *
     * @param transport whose loopback address and ports
     * @return the lease; the caller releases or closes it
     * @throws UnsupportedTransportException if the transport has no ports, or this system lacks it
     */
    static PortLease open(Transport transport) {
        return HeldPort.open(transport);
    }

    /**
     * Starts a server on a leased IPv4 port, and on another one where somebody was faster.
     *
     * @param <T> what the starter returns
     * @param starter told a port that has just been let go; called again, with another port and up
     *     to ten times in all, if it throws a {@link java.net.BindException} or something caused by
     *     one
     * @return what the starter returned
     * @throws Exception what the starter threw at last
     */
    static <T> T start(Starter<T> starter) throws Exception {
        return HeldPort.start(starter);
    }

    /**
     * Returns the port.
     *
     * @return the number, whether the port is still held or not
     */
    int port();

    /**
     * Lets the port go, to be bound at once. A second call only returns the number.
     *
     * @return the port
     */
    int release();

    /** Lets the port go. */
    @Override
    void close();

    /**
     * Starts a server on a port.
     *
     * @param <T> the server
     * @since 0.1
     */
    @FunctionalInterface
    @API(status = EXPERIMENTAL, since = "0.1")
    interface Starter<T> {

        /**
         * Starts it.
         *
         * @param port that is free, unless somebody is very fast
         * @return the server
         * @throws Exception if it does not start
         */
        T start(int port) throws Exception;
    }
}
