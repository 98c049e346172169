package org.junitsockets.testcontainers.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitsockets.Capability;
import org.junitsockets.Transport;

/**
 * What a RUN frame says: which handler is to serve a connection, and how.
 *
 * @param loader which of the test's class loaders has the class
 * @param handler which instance of the class it is, the same for all connections of one server
 * @param type the class's name
 * @param transport over which it is asked to serve
 * @param stated whether somebody named the transport for this server
 * @param lacking what the transport can do and the way from the test cannot
 * @param deadline what bounds each of its calls, the factor applied
 * @param factor what every deadline is multiplied by that the handler states
 * @param number of the connection
 * @param server what messages call its server
 * @param mask what must not be seen in messages, a regular expression; empty for none
 * @param taken how many bytes of those that were carried have been recorded already
 */
public record Run(
        int loader,
        int handler,
        String type,
        Transport transport,
        boolean stated,
        Set<Capability> lacking,
        Duration deadline,
        double factor,
        int number,
        String server,
        String mask,
        int taken) {

    private static final List<Transport> TRANSPORTS = List.of(Transport.TCP, Transport.TCP6);

    private static final Capability[] CAPABILITIES = Capability.values();

    /** Whether a handler can be run over it. */
    public static boolean carries(Transport transport) {
        return TRANSPORTS.contains(transport);
    }

    /** Adds it to a frame. */
    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    public void put(Frame.Builder frame) {
        int bits = 0;
        for (Capability one : lacking) {
            bits |= 1 << one.ordinal();
        }
        frame.putInt(loader)
                .putInt(handler)
                .putText(type)
                .putByte(TRANSPORTS.indexOf(transport))
                .put(stated)
                .putInt(bits)
                .putLong(deadline.toNanos())
                .putLong(Double.doubleToLongBits(factor))
                .putInt(number)
                .putText(server)
                .putText(mask)
                .putInt(taken);
    }

    /** Reads it from a frame, to the end. */
    public static Run get(Frame frame) throws ProtocolException {
        int loader = frame.getInt();
        int handler = frame.getInt();
        String type = frame.getText();
        int transport = frame.getByte();
        if (transport >= TRANSPORTS.size()) {
            throw ProtocolException.found("the transport in " + frame, transport, "less than " + TRANSPORTS.size());
        }
        boolean stated = frame.getBoolean();
        Set<Capability> lacking = lacking(frame);
        long deadline = frame.getLong();
        if (deadline <= 0) {
            throw ProtocolException.found("the deadline in " + frame, deadline + " ns", "more than 0");
        }
        double factor = Double.longBitsToDouble(frame.getLong());
        if (!(factor > 0 && factor <= 1000)) {
            throw ProtocolException.found("the factor in " + frame, factor, "above 0 and up to 1000");
        }
        Run run = new Run(
                loader,
                handler,
                type,
                TRANSPORTS.get(transport),
                stated,
                lacking,
                Duration.ofNanos(deadline),
                factor,
                frame.getCount(),
                frame.getText(),
                frame.getText(),
                frame.getCount());
        frame.requireEnd();
        return run;
    }

    @SuppressWarnings("EnumOrdinal") // their order is the protocol's, and both halves are of one version
    private static Set<Capability> lacking(Frame frame) throws ProtocolException {
        int bits = frame.getCount();
        if (bits >> CAPABILITIES.length != 0) {
            throw ProtocolException.found(
                    "capabilities in " + frame, "0x" + Integer.toHexString(bits), CAPABILITIES.length + " bits");
        }
        Set<Capability> lacking = new TreeSet<>();
        for (Capability one : CAPABILITIES) {
            if ((bits >> one.ordinal() & 1) != 0) {
                lacking.add(one);
            }
        }
        return lacking;
    }
}
