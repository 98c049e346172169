package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What the process of a command line run ends with.
 *
 * <p>In a script:
 *
 * <pre>{@code
 * java -cp "$CP" org.junitsockets.harness.Main -p org.example
 * test $? -eq 3 && echo "the package has moved"
 * }</pre>
 *
 * @see HarnessResult#exitCode()
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ExitCode {

    /** At least one test was found, and none failed. */
    public static final int ALL_PASSED = 0;

    /** At least one test, class or report failed, or JUnit could not run at all. */
    public static final int FAILURES = 1;

    /** The options were not understood, and nothing was run. */
    public static final int BAD_OPTIONS = 2;

    /** Something that was selected holds no test. */
    public static final int NO_TEST_FOUND = 3;

    private ExitCode() {}
}
