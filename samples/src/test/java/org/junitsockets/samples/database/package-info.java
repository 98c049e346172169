/**
 * A real driver, PostgreSQL's for JDBC, against a peer that speaks just enough of the database's
 * protocol to fail at the worst moment: during login, within a row, while a query runs.
 *
 * <p>Copy {@link org.junitsockets.samples.database.PgMessage} and {@link
 * org.junitsockets.samples.database.PgScript} and change them for your protocol.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol.html">Frontend/Backend Protocol</a>
 */
@NullMarked
package org.junitsockets.samples.database;

import org.jspecify.annotations.NullMarked;
