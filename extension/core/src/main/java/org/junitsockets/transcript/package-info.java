/** What is kept of a conversation: recorded as it happens, bounded, and drawn as a ladder. */
@NullMarked
package org.junitsockets.transcript;

import org.jspecify.annotations.NullMarked;
