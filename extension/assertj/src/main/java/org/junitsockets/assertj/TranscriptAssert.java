package org.junitsockets.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Transcript;
import org.junitsockets.transcript.Live;

/**
 * Assertions on a transcript. It is a snapshot: nothing waits.
 *
 * <p>That of a server with several connections can be searched and counted; bytes in their order,
 * and how a connection ended, are asserted on one of them.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class TranscriptAssert extends AbstractConversationAssert<TranscriptAssert, Transcript> {

    /**
     * Makes one; {@link SocketAssertions#assertThat(Transcript)} is what tests call.
     *
     * @param actual what to assert on
     */
    public TranscriptAssert(@Nullable Transcript actual) {
        super(actual, TranscriptAssert.class);
    }

    @Override
    Live live() {
        return new Elsewhere(this::actual, true);
    }

    @Override
    String label() {
        return "the transcript";
    }

    @Override
    void matched(Finding found) {
        if (live().transcript().connections().size() == 1) { // of several there are no places to go on from
            super.matched(found);
        }
    }
}
