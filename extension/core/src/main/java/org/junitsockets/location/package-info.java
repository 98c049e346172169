/** Where servers are: in this process, or at a place that somebody else supplies. */
@NullMarked
package org.junitsockets.location;

import org.jspecify.annotations.NullMarked;
