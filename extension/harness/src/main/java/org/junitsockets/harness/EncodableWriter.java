package org.junitsockets.harness;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** Writes what its charset has no character for as an escape such as {@code \u00e9}, not as a question mark. */
final class EncodableWriter extends FilterWriter {

    private final CharsetEncoder encoder;

    EncodableWriter(OutputStream out, Charset charset) {
        super(new OutputStreamWriter(out, charset));
        this.encoder = charset.newEncoder();
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        synchronized (lock) {
            StringBuilder encodable = new StringBuilder(length);
            text.substring(offset, offset + length)
                    .codePoints()
                    .forEach(codePoint -> append(encodable, Character.toString(codePoint)));
            out.write(encodable.toString());
        }
    }

    private void append(StringBuilder encodable, String character) {
        if (encoder.canEncode(character)) {
            encodable.append(character);
        } else {
            character.chars().forEach(unit -> encodable.append(String.format("\\u%04x", unit)));
        }
    }
}
