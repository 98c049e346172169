package org.junitsockets.harness.cases.orphans;

import org.junit.jupiter.api.Test;

/** Cannot be loaded where its parent is hidden. */
public class OrphanTestCases extends OrphanParent {

    @Test
    void one() {}
}
