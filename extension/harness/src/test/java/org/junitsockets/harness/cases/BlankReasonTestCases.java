package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

public class BlankReasonTestCases {

    @Test
    @Disabled
    void disabled() {}

    @Test
    void aborted() {
        throw new TestAbortedException("");
    }

    @Test
    void abortedWithoutMessage() {
        throw new TestAbortedException();
    }
}
