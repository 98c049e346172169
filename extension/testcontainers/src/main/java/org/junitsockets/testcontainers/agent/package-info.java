/** What runs in a container for the test: it needs a JDK, core and this package's module, nothing else. */
@NullMarked
package org.junitsockets.testcontainers.agent;

import org.jspecify.annotations.NullMarked;
