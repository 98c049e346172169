package org.junitsockets.harness.cases;

import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

public class AbortingBeforeAllTestCases {

    @BeforeAll
    static void aborts() {
        abort("no container runtime");
    }

    @Test
    void one() {}

    @Test
    void two() {}
}
