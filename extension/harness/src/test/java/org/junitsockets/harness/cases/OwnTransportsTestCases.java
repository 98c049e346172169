package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that choose their transports, by the tag of {@code @EachTransport}, and one that does not; all fail. */
@ExtendWith(OwnTransportsTestCases.Tells.class)
public class OwnTransportsTestCases {

    @Test
    void other() {}

    @Tag("each-transport")
    @RepeatedTest(2)
    void template() {}

    @Nested
    class Inner {
        @Tag("each-transport")
        @Test
        void nested(TestInfo info) {}
    }

    /** A suite of its own. */
    @ExtendWith(Tells.class)
    public static class Alone {
        @Tag("each-transport")
        @Test
        void alone() {}
    }

    static class Tells implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw new AssertionError(context.getRequiredTestMethod().getName() + " over "
                    + context.getConfigurationParameter("junitsockets.transports")
                            .orElse("nothing in particular")
                    + context.getConfigurationParameter("junitsockets.location")
                            .map(" "::concat)
                            .orElse(""));
        }
    }
}
