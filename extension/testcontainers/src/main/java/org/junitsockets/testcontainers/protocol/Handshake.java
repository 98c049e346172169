package org.junitsockets.testcontainers.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How both sides prove that they have the secret, before any frame: the agent says {@link #hello hello},
 * the test answers with its {@link #proof proof}, the agent with {@link #answer its own}. Each message has
 * a fixed length.
 */
public final class Handshake {

    /** The version of all of the protocol. */
    public static final int VERSION = 1;

    /** Of the secret, in bytes. */
    public static final int SECRET = 32;

    private static final int MAGIC = 0x4a_53_4b_41;
    private static final int NONCE = 32;
    private static final int MAC = 32;
    private static final int HEAD = 4 + 2;

    /** Of the agent's first message, in bytes. */
    public static final int HELLO = HEAD + NONCE;

    /** Of the test's message, in bytes. */
    public static final int PROOF = HEAD + NONCE + MAC;

    /** Of the agent's second message, in bytes. */
    public static final int ANSWER = MAC;

    private static final String TEST = "junit-sockets test";
    private static final String AGENT = "junit-sockets agent";

    private final byte[] secret;
    private final byte[] nonce = new byte[NONCE];

    /**
     * Begins one, on either side.
     *
     * @param secret of {@link #SECRET} bytes
     */
    public Handshake(byte[] secret) {
        if (secret.length != SECRET) {
            throw new IllegalArgumentException("secret: found " + secret.length + " bytes (expected: " + SECRET + ")");
        }
        this.secret = secret.clone();
        new SecureRandom().nextBytes(nonce);
    }

    /** The agent's first message. */
    public ByteBuffer hello() {
        return head(ByteBuffer.allocate(HELLO)).put(nonce).flip();
    }

    /** The test's message, to the agent that has said hello. */
    public ByteBuffer proof(ByteBuffer hello) throws ProtocolException {
        byte[] theirs = nonceOf(hello);
        return head(ByteBuffer.allocate(PROOF))
                .put(nonce)
                .put(mac(TEST, theirs, nonce))
                .flip();
    }

    /** The agent's second message, to the test that has proved that it has the secret. */
    public ByteBuffer answer(ByteBuffer proof) throws ProtocolException {
        byte[] theirs = nonceOf(proof);
        verify("the test's proof", proof, mac(TEST, nonce, theirs));
        return ByteBuffer.wrap(mac(AGENT, nonce, theirs));
    }

    /** What the test makes of the agent's second message. */
    public void verify(ByteBuffer hello, ByteBuffer answer) throws ProtocolException {
        verify("the agent's proof", answer, mac(AGENT, nonceOf(hello), nonce));
    }

    private static ByteBuffer head(ByteBuffer message) {
        return message.putInt(MAGIC).putShort((short) VERSION);
    }

    private static byte[] nonceOf(ByteBuffer message) throws ProtocolException {
        message.rewind();
        int magic = message.getInt();
        if (magic != MAGIC) {
            throw ProtocolException.found(
                    "the first bytes", String.format("0x%08x", magic), String.format("0x%08x", MAGIC));
        }
        int version = message.getShort() & 0xffff;
        if (version != VERSION) {
            throw ProtocolException.found("the protocol's version", version, String.valueOf(VERSION));
        }
        byte[] nonce = new byte[NONCE];
        message.get(nonce);
        return nonce;
    }

    private static void verify(String what, ByteBuffer message, byte[] expected) throws ProtocolException {
        byte[] found = new byte[MAC];
        message.get(found);
        if (!MessageDigest.isEqual(found, expected)) {
            throw ProtocolException.found(what, "one with another secret", "one with this session's");
        }
    }

    private byte[] mac(String role, byte[] agentNonce, byte[] testNonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(role.getBytes(US_ASCII));
            mac.update((byte) 0);
            mac.update(new byte[] {(byte) (VERSION >> 8), (byte) VERSION});
            mac.update(agentNonce);
            mac.update(testNonce);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
