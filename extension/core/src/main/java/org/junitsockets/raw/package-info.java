/** The JDK's own socket objects, opened for a test and closed after it. */
@NullMarked
package org.junitsockets.raw;

import org.jspecify.annotations.NullMarked;
