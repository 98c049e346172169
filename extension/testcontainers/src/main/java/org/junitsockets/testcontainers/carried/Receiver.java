package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.ProtocolException;

/** Takes what the agent has to say about one id, on the thread that reads, which it must not hold up. */
interface Receiver {

    void received(Frame frame) throws ProtocolException;

    /** Nothing more will come. */
    void failed(IOException reason);
}
