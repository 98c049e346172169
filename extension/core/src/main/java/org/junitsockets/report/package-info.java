/** Transcripts as files: text, a page, a capture. */
@NullMarked
package org.junitsockets.report;

import org.jspecify.annotations.NullMarked;
