package org.junitsockets.spec;

import org.junitsockets.Capability;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.location.Where;

/**
 * A transport and how it came about, and where the server is that is reached over it.
 *
 * @param stated whether somebody named it for this very server or test, who then has to hear what it
 *     cannot do; else a parameter or a template chose it, and what it cannot do is a reason to skip
 */
public record Choice(Transport transport, boolean stated, Where where) {

    public static Choice stated(Transport transport) {
        return new Choice(transport, true, Where.HERE);
    }

    /** One that nobody named for this server or test. */
    public static Choice byDefault(Transport transport) {
        return new Choice(transport, false, Where.HERE);
    }

    /** The same of a server that is somewhere else. */
    public Choice at(Where place) {
        return new Choice(transport, stated, place);
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

    /**
     * What to throw where the transport could do it, and the way to where the server is cannot.
     *
     * @param what was asked for, such as {@code rst()}, and of what
     */
    public RuntimeException lostOnTheWay(String what, Capability lacking) {
        return new UnsupportedLocationException(
                where.location(),
                transport,
                what + ": found " + transport + " in the location " + where.location() + ", where the way to it loses "
                        + lacking.words() + ", as was measured (expected: a way that carries it)");
    }

    /** Whether the way to where the server is loses something that the transport has. */
    public boolean loses(Capability capability) {
        return where.lacks(transport, capability);
    }
}
