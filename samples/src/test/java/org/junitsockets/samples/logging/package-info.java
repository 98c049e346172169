/**
 * A client that only talks: Log4j's socket appender, against a server that goes down, comes back, is
 * not there yet, or stops reading. Which events arrive, over which connection, and who is told of
 * those that do not.
 *
 * @see <a href="https://logging.apache.org/log4j/2.x/manual/appenders/network.html">Network Appenders</a>
 */
@NullMarked
package org.junitsockets.samples.logging;

import org.jspecify.annotations.NullMarked;
