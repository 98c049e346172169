/**
 * A real client, Apache HttpClient, against a daemon that it reaches over a UNIX socket, as a container
 * engine is: a file in place of a port, with all that can be wrong with a file. What is said over it is
 * the same as over TCP, and is tested over both.
 *
 * <p>Copy {@link org.junitsockets.samples.daemon.Daemon} and change it for your client.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
@NullMarked
package org.junitsockets.samples.daemon;

import org.jspecify.annotations.NullMarked;
