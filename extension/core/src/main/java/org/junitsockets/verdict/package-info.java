/** What happens at the end of a scope: observe, close, judge, tear down. */
@NullMarked
package org.junitsockets.verdict;

import org.jspecify.annotations.NullMarked;
