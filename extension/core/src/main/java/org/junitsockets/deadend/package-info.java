/** Addresses that lead nowhere: refused, unresponsive, occupied. */
@NullMarked
package org.junitsockets.deadend;

import org.jspecify.annotations.NullMarked;
