package org.junitsockets.harness;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The harness on a command line:
 *
 * <pre>{@code
 * java -cp "$CP" org.junitsockets.harness.Main -p org.example --transport TCP,TCP6 --deadline 2s
 * }</pre>
 *
 * <p>{@code --help} lists the options, {@link ExitCode} what the process ends with.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Main {

    private Main() {}

    /**
     * Runs what the options say, and ends the process.
     *
     * @param args the options
     */
    public static void main(String... args) {
        System.exit(execute(writer(System.out, "stdout.encoding"), writer(System.err, "stderr.encoding"), args));
    }

    /**
     * Runs what the options say, without ending the process:
     *
     * <pre>{@code
     * int exitCode = Main.execute(out, err, "--select-class", "org.example.EchoTests");
     * }</pre>
     *
     * @param out for progress and the report
     * @param err for what is wrong with the options
     * @param args the options
     * @return one of the constants of {@link ExitCode}
     */
    public static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new HarnessCommand()).setOut(out).setErr(err).execute(args);
    }

    private static PrintWriter writer(OutputStream stream, String encodingProperty) {
        @Nullable String encoding = System.getProperty(encodingProperty);
        Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
        return new PrintWriter(new EncodableWriter(stream, charset), true);
    }
}
