/**
 * Your own server under test, from outside: twenty clients at once, and those that say nothing, stop
 * in the middle of a line, do not read, or vanish.
 *
 * <p>{@link org.junitsockets.samples.server.LineServer} stands for yours. It knows nothing of the
 * library: a test needs its address, and connects with {@link org.junitsockets.SocketClients}.
 */
package org.junitsockets.samples.server;
