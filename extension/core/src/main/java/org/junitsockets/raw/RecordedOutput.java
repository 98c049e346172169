package org.junitsockets.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;

/** The JDK's stream, recorded. */
final class RecordedOutput extends OutputStream {

    /** What the JDK gives to the system at once: so much is taken back at most where a write fails. */
    private static final int MOST_AT_ONCE = 128 * 1024;

    private final OutputStream out;
    private final RawRecord record;

    RecordedOutput(OutputStream out, RawRecord record) {
        this.out = out;
        this.record = record;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (source == null || length <= 0 || offset < 0 || offset > source.length - length) {
            out.write(source, offset, length); // nothing, or an exception in the JDK's own words
            return;
        }
        record.lockWrites();
        try {
            int end = offset + length;
            for (int at = offset; at < end; at += MOST_AT_ONCE) {
                writeAtOnce(source, at, Math.min(end - at, MOST_AT_ONCE));
            }
        } finally {
            record.unlockWrites();
        }
    }

    private void writeAtOnce(byte[] source, int offset, int length) throws IOException {
        boolean written = false;
        record.writing(source, offset, length);
        try {
            out.write(source, offset, length);
            written = true;
        } catch (SocketException e) {
            record.writeFailed();
            throw e;
        } finally {
            if (written) {
                record.written();
            } else {
                record.notWritten();
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close(); // which closes the socket
    }
}
