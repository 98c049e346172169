package org.junitsockets.harness.cases.orphans;

/** Cannot be loaded either, and has no tests: an optional part of the production code. */
public class OrphanHelper extends OrphanParent {}
