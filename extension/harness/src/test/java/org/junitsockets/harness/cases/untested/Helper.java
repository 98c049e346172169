package org.junitsockets.harness.cases.untested;

/** What a package without tests holds. */
public class Helper {}
