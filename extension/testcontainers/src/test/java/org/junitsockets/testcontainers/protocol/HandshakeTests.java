package org.junitsockets.testcontainers.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Both sides prove that they have the secret, to each other, and for this time only. */
class HandshakeTests {

    private static final byte[] SECRET = new byte[32];
    private static final byte[] OTHER = new byte[32];

    static {
        OTHER[31] = 1;
    }

    private final Handshake agent = new Handshake(SECRET);
    private final Handshake test = new Handshake(SECRET);

    private static ByteBuffer copy(ByteBuffer message) {
        ByteBuffer copy = ByteBuffer.allocate(message.remaining());
        return copy.put(message.duplicate()).flip();
    }

    private static void assertWrong(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(call).withMessage(message);
    }

    @Test
    void whoHasTheSecretProvesIt() throws Exception {
        ByteBuffer hello = agent.hello();
        assertThat(hello.remaining()).isEqualTo(Handshake.HELLO);
        ByteBuffer proof = test.proof(hello);
        assertThat(proof.remaining()).isEqualTo(Handshake.PROOF);
        ByteBuffer answer = agent.answer(proof);
        assertThat(answer.remaining()).isEqualTo(Handshake.ANSWER);
        test.verify(hello, answer);
    }

    @Test
    void whoHasAnotherSecretDoesNot() throws Exception {
        ByteBuffer hello = agent.hello();
        ByteBuffer wrong = new Handshake(OTHER).proof(copy(hello));
        assertWrong(
                "the test's proof: found one with another secret (expected: one with this session's)",
                () -> agent.answer(wrong));
        ByteBuffer fromImpostor = new Handshake(OTHER).hello();
        ByteBuffer proof = test.proof(copy(fromImpostor));
        assertThat(proof.remaining()).isEqualTo(Handshake.PROOF);
        assertWrong(
                "the agent's proof: found one with another secret (expected: one with this session's)",
                () -> test.verify(fromImpostor, ByteBuffer.allocate(Handshake.ANSWER)));
    }

    /** Neither of an earlier connection, nor one's own sent back. */
    @Test
    void aProofIsOfOneConnectionAndOneRole() throws Exception {
        ByteBuffer hello = agent.hello();
        ByteBuffer proof = test.proof(copy(hello));
        assertWrong(
                "the test's proof: found one with another secret (expected: one with this session's)",
                () -> new Handshake(SECRET).answer(copy(proof)));
        ByteBuffer mirrored = ByteBuffer.allocate(Handshake.ANSWER);
        mirrored.put(proof.slice(Handshake.PROOF - Handshake.ANSWER, Handshake.ANSWER))
                .flip();
        assertWrong(
                "the agent's proof: found one with another secret (expected: one with this session's)",
                () -> test.verify(copy(hello), mirrored));
    }

    @Test
    void eachBitCounts() throws Exception {
        ByteBuffer proof = test.proof(agent.hello());
        for (int bit = 0; bit < 8 * Handshake.PROOF; bit++) {
            ByteBuffer mutated = copy(proof);
            mutated.put(bit / 8, (byte) (mutated.get(bit / 8) ^ (1 << bit % 8)));
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> agent.answer(mutated));
        }
        agent.answer(proof);
    }

    @Test
    void strangersAndOtherVersionsAreNamed() {
        ByteBuffer stranger = ByteBuffer.allocate(Handshake.HELLO);
        stranger.put("HTTP/1.1 400".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertWrong("the first bytes: found 0x48545450 (expected: 0x4a534b41)", () -> test.proof(stranger));
        ByteBuffer later = agent.hello();
        later.putShort(4, (short) 2);
        assertWrong("the protocol's version: found 2 (expected: 1)", () -> test.proof(later));
    }

    @Test
    void aSecretHasItsLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Handshake(new byte[16]))
                .withMessage("secret: found 16 bytes (expected: 32)");
    }
}
