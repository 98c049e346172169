/**
 * What the supplier of a declaration of its own implements, which then stands beside {@link
 * org.junitsockets.jupiter.WithSocketServer}.
 *
 * <p>Start at {@link org.junitsockets.jupiter.DeclaresEndpoint}.
 */
@NullMarked
package org.junitsockets.jupiter.spi;

import org.jspecify.annotations.NullMarked;
