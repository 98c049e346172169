package org.junitsockets.raw;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** The JDK's stream, recorded. It overrides what that one does, so that all else is done as there. */
final class RecordedInput extends InputStream {

    private final InputStream in;
    private final RawRecord record;

    RecordedInput(InputStream in, RawRecord record) {
        this.in = in;
        this.record = record;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) > 0 ? one[0] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = in.read(target, offset, length);
            record.read(target, offset, count);
            return count;
        } catch (SocketTimeoutException e) {
            record.timedOut("read");
            throw e;
        } catch (SocketException e) {
            record.readFailed(e);
            throw e;
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close(); // which closes the socket
    }
}
