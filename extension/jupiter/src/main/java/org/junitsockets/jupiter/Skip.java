package org.junitsockets.jupiter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.IncapableTransportException;
import org.opentest4j.TestAbortedException;

/** What this system cannot do is no failure of a test, unless the user requires that it can. */
final class Skip {

    private Skip() {}

    /**
     * Returns what a test ends with that this was thrown in.
     *
     * @return a skip where it or one of its causes says that something is not supported; else the same
     * @throws AssertionError if that may not be skipped
     */
    static <T extends Throwable> TestAbortedException insteadOf(T thrown, ExtensionContext context) throws T {
        Optional<UnsupportedTransportException> unsupported = unsupported(thrown);
        if (unsupported.isEmpty()) {
            throw thrown;
        }
        String reason = String.valueOf(unsupported.get().getMessage());
        if (unsupported.get() instanceof UnsupportedLocationException elsewhere) {
            if (StoredScope.required(context).locations().contains(elsewhere.location())) {
                throw required(elsewhere.location(), reason, thrown);
            }
        } else if (!(unsupported.get() instanceof IncapableTransportException)) {
            Transport transport = unsupported.get().transport().orElseGet(() -> transportOf(context));
            if (StoredScope.required(context).transports().contains(transport)) {
                throw required(transport, reason, thrown);
            }
        }
        return new TestAbortedException(reason, thrown);
    }

    private static AssertionError required(Object what, String reason, Throwable thrown) {
        return new AssertionError(
                Required.PARAMETER + ": found " + what + ", which may not be skipped, but " + reason
                        + " (expected: a system that can do that, or the parameter without " + what + ")",
                thrown);
    }

    /** Whoever does not say which transport he means, means that of the test. */
    private static Transport transportOf(ExtensionContext context) {
        return TransportInvocation.choice(context, StoredScope.settings(context))
                .transport();
    }

    private static Optional<UnsupportedTransportException> unsupported(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsupportedTransportException unsupported) {
                return Optional.of(unsupported);
            }
        }
        return Optional.empty();
    }
}
