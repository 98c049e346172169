package org.junitsockets.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A datagram that came and that nobody gets to read.
 *
 * @param sender who has sent it
 * @param sequence which of all that came it was, from 1
 * @param content what was in it; read-only
 * @param onPurpose whether it was to be dropped; otherwise too much was unread
 */
public record LostDatagram(SocketAddress sender, long sequence, ByteBuffer content, boolean onPurpose) {}
