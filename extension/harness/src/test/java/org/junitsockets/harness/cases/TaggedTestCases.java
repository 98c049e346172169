package org.junitsockets.harness.cases;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

public class TaggedTestCases {

    @Test
    @Tag("slow")
    void slow() {
        throw new AssertionError("slow ran");
    }

    @Test
    @Tag("fast")
    void fast() {
        throw new AssertionError("fast ran");
    }

    @Test
    @Tag("fast")
    @Tag("ipv6")
    void fastOverIpv6() {
        throw new AssertionError("fastOverIpv6 ran");
    }
}
