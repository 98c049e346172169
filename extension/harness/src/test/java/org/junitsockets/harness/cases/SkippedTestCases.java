package org.junitsockets.harness.cases;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

public class SkippedTestCases {

    @Test
    void runs() {}

    @Test
    @Disabled("no IPv6 here")
    void disabled() {}

    @Test
    @Disabled("no IPv6 here")
    void disabledToo() {}

    @Test
    void aborted() {
        assumeTrue(false, "the kernel is too old");
    }
}
