package org.junitsockets.report;

import java.util.List;

/**
 * One packet of a capture.
 *
 * @param nanos when, since 1970
 * @param outbound whether the end that recorded it sent it
 */
record Packet(long nanos, boolean outbound, byte[] bytes, List<String> comments) {}
