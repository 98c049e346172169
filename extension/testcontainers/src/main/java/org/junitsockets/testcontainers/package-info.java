/** Remote endpoints: what a test types to have its peer in a container. */
@NullMarked
package org.junitsockets.testcontainers;

import org.jspecify.annotations.NullMarked;
