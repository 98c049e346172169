package org.junitsockets.testcontainers.protocol;

import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;

/** Of what kind an I/O failure is that one side tells the other, as the type of its exception there. */
public enum Failure {
    IO,
    SOCKET,
    BIND,
    UNREACHABLE,
    PORT_UNREACHABLE;

    /** Of an exception. */
    public static Failure of(Exception e) {
        if (e instanceof BindException) {
            return BIND;
        }
        if (e instanceof PortUnreachableException) {
            return PORT_UNREACHABLE;
        }
        if (e instanceof NoRouteToHostException) {
            return UNREACHABLE;
        }
        return e instanceof SocketException ? SOCKET : IO;
    }

    /** Its text, which is not empty. */
    public static String textOf(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    public static void put(Frame.Builder frame, Exception e) {
        frame.putByte(of(e).ordinal()).putText(textOf(e));
    }

    /** The exception that the other side had. */
    public static IOException get(Frame frame) throws ProtocolException {
        int kind = frame.getByte();
        if (kind >= values().length) {
            throw ProtocolException.found("the kind of a failure in " + frame, kind, "less than " + values().length);
        }
        String text = frame.getText();
        return switch (values()[kind]) {
            case IO -> new IOException(text);
            case SOCKET -> new SocketException(text);
            case BIND -> new BindException(text);
            case UNREACHABLE -> new NoRouteToHostException(text);
            case PORT_UNREACHABLE -> new PortUnreachableException(text);
        };
    }
}
