package org.junitsockets.harness.cases.orphans;

import org.junit.jupiter.api.Test;

/** Can be loaded, but not looked into where the type of its method is hidden. */
public class UnresolvableTestCases {

    @Test
    void one() {}

    OrphanParent parent() {
        return new OrphanParent();
    }
}
