/**
 * AssertJ assertions on what the library has and on the JDK's own sockets and addresses.
 *
 * <p>Start at {@link org.junitsockets.assertj.SocketAssertions}; what can be said of one end of a
 * connection is in {@link org.junitsockets.assertj.AbstractConversationAssert}.
 */
@NullMarked
package org.junitsockets.assertj;

import org.jspecify.annotations.NullMarked;
