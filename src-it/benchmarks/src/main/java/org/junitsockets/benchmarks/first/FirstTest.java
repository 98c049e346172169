package org.junitsockets.benchmarks.first;

import org.junitsockets.benchmarks.jupiter.Suite;

/** One use through JUnit, apart so that only who wants it loads it. */
final class FirstTest {

    private FirstTest() {}

    static void run(String what) {
        (what.equals("jupiter") ? Suite.first() : Suite.firstByHand()).run();
    }
}
