package org.junitsockets.connection;

/**
 * How messages call a connection, put together when one is written.
 *
 * @param what and its number, such as {@code connection 1}
 * @param of what its {@code toString()} says, such as {@code server 'db' (...)}
 */
public record Label(String what, int number, Object of) {

    @Override
    public String toString() {
        return what + " " + number + " of " + of;
    }
}
