/** TLS on a connection, and how to get what it takes. */
@NullMarked
package org.junitsockets.tls;

import org.jspecify.annotations.NullMarked;
