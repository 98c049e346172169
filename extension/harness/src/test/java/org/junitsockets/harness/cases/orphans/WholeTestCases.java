package org.junitsockets.harness.cases.orphans;

import org.junit.jupiter.api.Test;

/** Has nothing to do with the others in its package. */
public class WholeTestCases {

    @Test
    void one() {}
}
