package org.junitsockets.raw;

import java.util.List;
import org.junitsockets.transcript.Conversation;

/** A server's socket that is recorded. */
interface Recorded {

    /** What was said on each of its connections, or with each of its senders, if there was anything since. */
    List<Conversation> conversations(long since);
}
