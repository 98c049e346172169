package org.junitsockets.testcontainers.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;
import org.junitsockets.Location;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.IncapableTransportException;

/**
 * What was thrown in an agent, as data: what is made of it here is no object of the agent's.
 *
 * <p>All of it is bounded; what is over a bound is left out.
 *
 * @param type its class's name
 * @param message as it stands; {@code null} for none
 * @param family of what kind it is, which does not depend on its name
 * @param frames its stack trace, from where it was thrown
 * @param cause what has caused it
 * @param suppressed what else it has to tell
 */
public record Thrown(
        String type,
        @Nullable String message,
        Family family,
        List<StackTraceElement> frames,
        Optional<Thrown> cause,
        List<Thrown> suppressed) {

    private static final int MOST_FRAMES = 200;
    private static final int MOST_SUPPRESSED = 16;
    private static final int MOST_NESTED = 16;

    /** How many there are in all, each with its stack trace. */
    private static final int MOST = 64;

    /** What all of it takes in a frame, in bytes; texts have a bound of their own there. */
    private static final int MOST_BYTES = Frame.MAX_DATA - 2 * Frame.MAX_TEXT;

    /** What it is made into here. */
    public enum Family {
        ASSERTION,
        INCAPABLE_TRANSPORT,
        UNSUPPORTED_LOCATION,
        UNSUPPORTED_TRANSPORT,
        ANY
    }

    private static final Family[] FAMILIES = Family.values();

    /** Those that are here what they were there. Nothing is looked up by a name that came. */
    private static final Map<String, Function<@Nullable String, Throwable>> KNOWN = Map.ofEntries(
            known(IOException.class, IOException::new),
            known(EOFException.class, EOFException::new),
            known(FileNotFoundException.class, FileNotFoundException::new),
            known(InterruptedIOException.class, InterruptedIOException::new),
            known(SocketException.class, SocketException::new),
            known(SocketTimeoutException.class, SocketTimeoutException::new),
            known(BindException.class, BindException::new),
            known(ConnectException.class, ConnectException::new),
            known(NoRouteToHostException.class, NoRouteToHostException::new),
            known(PortUnreachableException.class, PortUnreachableException::new),
            known(UnknownHostException.class, UnknownHostException::new),
            known(java.net.ProtocolException.class, java.net.ProtocolException::new),
            known(SSLException.class, SSLException::new),
            known(SSLHandshakeException.class, SSLHandshakeException::new),
            known(SSLProtocolException.class, SSLProtocolException::new));

    private static Map.Entry<String, Function<@Nullable String, Throwable>> known(
            Class<? extends IOException> type, Function<@Nullable String, Throwable> maker) {
        return Map.entry(type.getName(), maker);
    }

    /** Copies the lists. */
    public Thrown {
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    // -- where it was thrown -----------------------------------------------------------------------

    /** What there is to tell of a throwable. */
    public static Thrown of(Throwable thrown) {
        return of(thrown, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Thrown of(Throwable thrown, int depth, Set<Throwable> seen) {
        seen.add(thrown);
        @Nullable Throwable cause = thrown.getCause();
        Optional<Thrown> itsCause = cause == null || !isRoom(cause, depth, seen)
                ? Optional.empty()
                : Optional.of(of(cause, depth + 1, seen));
        List<Thrown> suppressed = new ArrayList<>();
        for (Throwable other : thrown.getSuppressed()) {
            if (suppressed.size() < MOST_SUPPRESSED && isRoom(other, depth, seen)) {
                suppressed.add(of(other, depth + 1, seen));
            }
        }
        List<StackTraceElement> frames = List.of(thrown.getStackTrace());
        return new Thrown(
                thrown.getClass().getName(),
                messageOf(thrown),
                familyOf(thrown),
                frames.subList(0, Math.min(MOST_FRAMES, frames.size())),
                itsCause,
                suppressed);
    }

    private static boolean isRoom(Throwable one, int depth, Set<Throwable> seen) {
        return depth < MOST_NESTED && seen.size() < MOST && !seen.contains(one);
    }

    /** Which may be code of the handler's author. */
    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            return "its message cannot be had: " + e.getClass().getName();
        }
    }

    private static Family familyOf(Throwable thrown) {
        if (thrown instanceof AssertionError) {
            return Family.ASSERTION;
        }
        if (thrown instanceof IncapableTransportException) {
            return Family.INCAPABLE_TRANSPORT;
        }
        if (thrown instanceof UnsupportedLocationException) {
            return Family.UNSUPPORTED_LOCATION;
        }
        return thrown instanceof UnsupportedTransportException ? Family.UNSUPPORTED_TRANSPORT : Family.ANY;
    }

    /** Adds it to a frame, which has nothing else to say. */
    public void put(Frame.Builder frame) {
        put(frame, new int[] {MOST_BYTES});
    }

    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    private void put(Frame.Builder frame, int[] left) {
        putText(frame, type, left);
        frame.put(message != null);
        if (message != null) {
            putText(frame, message, left);
        }
        frame.putByte(family.ordinal());
        int fitting = 0;
        for (int size = 0; fitting < frames.size() && (size += sizeOf(frames.get(fitting))) <= left[0]; ) {
            fitting++;
        }
        frame.putInt(fitting);
        for (StackTraceElement element : frames.subList(0, fitting)) {
            putText(frame, orEmpty(element.getModuleName()), left);
            putText(frame, element.getClassName(), left);
            putText(frame, element.getMethodName(), left);
            putText(frame, orEmpty(element.getFileName()), left);
            frame.putInt(element.getLineNumber());
            left[0] -= 4;
        }
        boolean hasCause = cause.isPresent() && left[0] > 0;
        frame.put(hasCause);
        if (hasCause) {
            cause.orElseThrow().put(frame, left);
        }
        for (Thrown other : suppressed) {
            if (left[0] > 0) {
                frame.put(true);
                other.put(frame, left);
            }
        }
        frame.put(false);
    }

    private static void putText(Frame.Builder frame, String text, int[] left) {
        int length = Math.min(text.getBytes(UTF_8).length, Frame.MAX_TEXT);
        boolean fits = length <= Math.max(left[0], 256);
        frame.putText(fits ? text : text.substring(0, Math.min(text.length(), 64)));
        left[0] -= 4 + length;
    }

    private static int sizeOf(StackTraceElement element) {
        return 20
                + 3
                        * (orEmpty(element.getModuleName()).length()
                                + element.getClassName().length()
                                + element.getMethodName().length()
                                + orEmpty(element.getFileName()).length());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    // -- here --------------------------------------------------------------------------------------

    /** Reads it from a frame, to the end. */
    public static Thrown get(Frame frame) throws ProtocolException {
        Thrown thrown = get(frame, 0, new int[1]);
        frame.requireEnd();
        return thrown;
    }

    private static Thrown get(Frame frame, int depth, int[] count) throws ProtocolException {
        count[0]++;
        if (depth > MOST_NESTED || count[0] > MOST) {
            throw ProtocolException.found(
                    "what was thrown in " + frame,
                    count[0] + " throwables, " + depth + " levels deep",
                    "at most " + MOST + " and " + MOST_NESTED);
        }
        String type = frame.getText();
        @Nullable String message = frame.getBoolean() ? frame.getText() : null;
        int family = frame.getByte();
        if (family >= FAMILIES.length) {
            throw ProtocolException.found(
                    "what was thrown in " + frame, "family " + family, "less than " + FAMILIES.length);
        }
        int length = frame.getInt();
        if (length < 0 || length > MOST_FRAMES) {
            throw ProtocolException.found("a stack trace in " + frame, length + " elements", "at most " + MOST_FRAMES);
        }
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String module = frame.getText();
            String declaring = frame.getText();
            String method = frame.getText();
            String file = frame.getText();
            frames.add(new StackTraceElement(
                    null,
                    module.isEmpty() ? null : module,
                    null,
                    declaring,
                    method,
                    file.isEmpty() ? null : file,
                    frame.getInt()));
        }
        Optional<Thrown> cause = frame.getBoolean() ? Optional.of(get(frame, depth + 1, count)) : Optional.empty();
        List<Thrown> suppressed = new ArrayList<>();
        while (frame.getBoolean()) {
            suppressed.add(get(frame, depth + 1, count));
        }
        return new Thrown(type, message, FAMILIES[family], frames, cause, suppressed);
    }

    /**
     * Makes what can be thrown here: with its message, stack trace, cause and what was suppressed, and with
     * the {@code toString()} of the original.
     *
     * @param transport that it is about, where it is about one
     */
    public Throwable toThrowable(Transport transport) {
        @Nullable
        Throwable itsCause = cause.map(one -> one.toThrowable(transport)).orElse(null);
        Throwable thrown = make(transport, itsCause);
        if (itsCause != null && thrown.getCause() == null) {
            thrown.initCause(itsCause);
        }
        thrown.setStackTrace(frames.toArray(StackTraceElement[]::new));
        for (Thrown other : suppressed) {
            thrown.addSuppressed(other.toThrowable(transport));
        }
        return thrown;
    }

    private Throwable make(Transport transport, @Nullable Throwable itsCause) {
        switch (family) {
            case ASSERTION -> {
                return type.equals(AssertionError.class.getName())
                        ? new AssertionError(message, itsCause)
                        : new FailedElsewhereError(type, message, itsCause);
            }
            case INCAPABLE_TRANSPORT -> {
                return new IncapableTransportException(transport, orEmpty(message));
            }
            case UNSUPPORTED_LOCATION -> {
                return new UnsupportedLocationException(Location.CONTAINER, transport, orEmpty(message));
            }
            case UNSUPPORTED_TRANSPORT -> {
                return new UnsupportedTransportException(transport, orEmpty(message));
            }
            case ANY -> {
                @Nullable Function<@Nullable String, Throwable> maker = KNOWN.get(type);
                if (maker != null) {
                    return maker.apply(message);
                }
                if (type.equals(UncheckedIOException.class.getName()) && itsCause instanceof IOException io) {
                    return new UncheckedIOException(message, io);
                }
                return new ThrownElsewhereException(type, message);
            }
        }
        throw new AssertionError(family);
    }

    static String describe(String type, @Nullable String message) {
        return message == null ? type : type + ": " + message;
    }
}
