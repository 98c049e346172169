/** What was declared, where, and under which settings. */
@NullMarked
package org.junitsockets.spec;

import org.jspecify.annotations.NullMarked;
