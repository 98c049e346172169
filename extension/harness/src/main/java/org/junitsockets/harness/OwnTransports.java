package org.junitsockets.harness;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Tells tests that choose their transports themselves, by {@code @EachTransport}, from those that go
 * over the one that they are told: what is over each anyway is run once. For one discovery.
 */
final class OwnTransports implements PostDiscoveryFilter {

    /** What stands in the place of a transport for them, also in the name of a directory. */
    static final String NAME = "own";

    private static final TestTag TAG = TestTag.create("each-transport");

    private final boolean wanted;
    private boolean leftOut;

    private OwnTransports(boolean wanted) {
        this.wanted = wanted;
    }

    /** Lets only those through that choose themselves. */
    static OwnTransports only() {
        return new OwnTransports(true);
    }

    /** Lets all others through. */
    static OwnTransports none() {
        return new OwnTransports(false);
    }

    /** Returns whether there were tests of the other kind. */
    boolean hasLeftOut() {
        return leftOut;
    }

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        if (!descriptor.getChildren().isEmpty() || descriptor.getTags().contains(TAG) == wanted) {
            return FilterResult.included("of the kind that is wanted, or around them");
        }
        leftOut = true;
        return FilterResult.excluded("of the other kind");
    }
}
