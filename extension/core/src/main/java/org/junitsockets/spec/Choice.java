package org.junitsockets.spec;

import org.junitsockets.Transport;

/**
 * A transport and how it came about.
 *
 * @param stated whether somebody named it for this very server or test, who then has to hear what it
 *     cannot do; else a parameter or a template chose it, and what it cannot do is a reason to skip
 */
public record Choice(Transport transport, boolean stated) {

    public static Choice stated(Transport transport) {
        return new Choice(transport, true);
    }

    /** One that nobody named for this server or test. */
    public static Choice byDefault(Transport transport) {
        return new Choice(transport, false);
    }

    /**
     * What to throw where the transport cannot do what was asked for.
     *
     * @param message what was asked for, what was found and what was expected
     */
    public RuntimeException unsupported(String message) {
        return stated
                ? new UnsupportedOperationException(message)
                : new IncapableTransportException(transport, message);
    }
}
