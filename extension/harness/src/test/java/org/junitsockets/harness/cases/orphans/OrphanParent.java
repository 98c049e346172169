package org.junitsockets.harness.cases.orphans;

/** Hidden from {@link OrphanTestCases} by a class loader. */
public class OrphanParent {}
