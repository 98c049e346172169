/** Waiting for channels: until one is ready, somebody says that something has changed, or a deadline. */
@NullMarked
package org.junitsockets.readiness;

import org.jspecify.annotations.NullMarked;
