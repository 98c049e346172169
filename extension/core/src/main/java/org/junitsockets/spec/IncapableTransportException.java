package org.junitsockets.spec;

import org.junitsockets.Transport;
import org.junitsockets.UnsupportedTransportException;

/**
 * Thrown where a transport that nobody insisted on cannot do something on any system: a test that needs
 * it is skipped, even where the transport itself may not be missing.
 */
public final class IncapableTransportException extends UnsupportedTransportException {

    private static final long serialVersionUID = 1L;

    public IncapableTransportException(Transport transport, String message) {
        super(transport, message);
    }
}
