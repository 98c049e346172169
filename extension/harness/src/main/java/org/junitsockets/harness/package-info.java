/**
 * Runs test suites on the JUnit Platform, over one transport after the other and in one location after the other, and reports.
 *
 * <p>A {@link org.junitsockets.harness.Harness} is built, run, and answers with a {@link
 * org.junitsockets.harness.HarnessResult}. {@link org.junitsockets.harness.Main} does the same from
 * a command line.
 */
@NullMarked
package org.junitsockets.harness;

import org.jspecify.annotations.NullMarked;
