package org.junitsockets.transport;

import java.net.SocketAddress;

/**
 * A datagram that came and that nobody gets to read.
 *
 * @param sender who has sent it
 * @param sequence which of all that came it was, from 1
 * @param length how many bytes were in it
 * @param onPurpose whether it was to be dropped; otherwise too much was unread
 */
record LostDatagram(SocketAddress sender, long sequence, int length, boolean onPurpose) {}
