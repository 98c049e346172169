package org.junitsockets.harness.cases;

/** A class as it is left when its last test has moved. */
public class NoTestCases {}
