package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;

/** What is thrown on another thread than it came on, with the stack trace of where it is thrown. */
final class Told {

    private Told() {}

    static IOException again(IOException told) {
        String text = told.getMessage();
        IOException again;
        if (told instanceof BindException) {
            again = new BindException(text);
        } else if (told instanceof PortUnreachableException) {
            again = new PortUnreachableException(text);
        } else if (told instanceof NoRouteToHostException) {
            again = new NoRouteToHostException(text);
        } else if (told instanceof SocketException) {
            again = new SocketException(text);
        } else {
            again = new IOException(text);
        }
        again.initCause(told);
        return again;
    }
}
