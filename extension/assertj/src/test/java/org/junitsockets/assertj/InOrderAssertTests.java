package org.junitsockets.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.testing.Recorded;

/** What reads on behind what was matched: received, sent, then, and the two that search in order. */
class InOrderAssertTests {

    private final Transcript pings = Recorded.accepted()
            .sent("220\r\n")
            .received("PI")
            .received("NG 1\r\nPING 2\r\n")
            .sent("PONG 1\r\n")
            .sent("PONG 2\r\n")
            .received("QUIT\r\n")
            .event(Kind.FIN_RECEIVED)
            .transcript();

    @Test
    void eachDirectionIsReadOnHoweverItWasCutUp() {
        assertThat(pings)
                .received("PING 1\r\n")
                .sent("220\r\nPONG")
                .received("PING 2\r\nQ")
                .received("UIT\r\n".getBytes(UTF_8))
                .sent(" 1\r\n".getBytes(UTF_8))
                .endedByFin();
    }

    @Test
    void eachAssertThatBeginsAnew() {
        assertThat(pings).received("PING 1");
        assertThat(pings).received("PING");
    }

    @Test
    void somethingElseWasReceived() {
        assertFails(() -> assertThat(pings).received("PING 1\r\n").received("PONG"), """
                received() on the transcript: something else came behind the first 8 bytes
                  expected: 4 bytes "PONG" [50 4f 4e 47]
                   but was: 14 bytes "PING 2\\r\\nQUIT\\r\\n" [50 49 4e 47 20 32 0d 0a 51 55 49 54 0d 0a]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void notAllOfItWasReceived() {
        assertFails(() -> assertThat(pings).received("PING 1\r\nPING 2\r\nQUIT\r\nQUIT"), """
                received() on the transcript: not all of it came
                  expected: 26 bytes "PING 1\\r\\nPING 2\\r\\nQUIT\\r\\nQUIT" [50 49 4e 47 20 31 0d 0a 50 49 4e 47 20 32 0d 0a 51 55 49 54 0d 0a 51 55 49 54]
                   but was: 22 bytes "PING 1\\r\\nPING 2\\r\\nQUIT\\r\\n" [50 49 4e 47 20 31 0d 0a 50 49 4e 47 20 32 0d 0a 51 55 49 54 0d 0a]
                  first difference at byte 22
                        ms  client                                                        server
                            ... 3 entries with 7 bytes are left out here
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void nothingIsSkipped() {
        assertFails(() -> assertThat(pings).sent("PONG 1".getBytes(UTF_8)), """
                sent() on the transcript: something else was sent
                  expected: 6 bytes "PONG 1" [50 4f 4e 47 20 31]
                   but was: 21 bytes "220\\r\\nPONG 1\\r\\nPONG 2\\r\\n" [32 32 30 0d 0a 50 4f 4e 47 20 31 0d 0a 50 4f 4e 47 20 32 0d 0a]
                  first difference at byte 0
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                            ... 2 entries with 6 bytes are left out here""");
    }

    @Test
    void nothingMoreWasSent() {
        assertFails(() -> assertThat(pings).sent("220\r\nPONG 1\r\nPONG 2\r\n").sent("PONG 3"), """
                sent() on the transcript: nothing was sent behind the first 21 bytes
                  expected: 6 bytes "PONG 3" [50 4f 4e 47 20 33]
                   but was: 0 bytes
                  first difference at byte 0
                        ms  client                                                        server
                            ... 3 entries with 7 bytes are left out here
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void thenPassesOverWhatWasBefore() {
        assertThat(pings)
                .received("PING 1\r\n")
                .then()
                .sent("PONG 1\r\n")
                .then()
                .received("QUIT\r\n");
        assertThat(pings)
                .received("PING 1\r\n")
                .then()
                .received("PING 2\r\n")
                .then()
                .sent("PONG 1\r\nPONG 2\r\n");
    }

    @Test
    void thenOfNothingChangesNothing() {
        assertThat(pings).then().sent("220").then().then().received("PING 1");
    }

    @Test
    void whatWasBeforeThenIsNamed() {
        assertFails(() -> assertThat(pings).sent("220\r\nPONG 1\r\n").then().received("PING 2"), """
                received() after then() on the transcript: something else came behind the first 16 bytes (it was received before what was matched before then())
                  expected: 6 bytes "PING 2" [50 49 4e 47 20 32]
                   but was: 6 bytes "QUIT\\r\\n" [51 55 49 54 0d 0a]
                  first difference at byte 0
                        ms  client                                                        server
                            ... 2 entries with 5 bytes are left out here
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void thenHoldsForAllThatFollows() {
        assertThat(pings)
                .received("PING 1\r\nPING 2\r\n")
                .then()
                .sentExactly("PONG 1\r\nPONG 2\r\n")
                .receivedExactly("QUIT\r\n")
                .receivedBytes(6)
                .sentBytes(16)
                .doesNotContain("220")
                .then()
                .sentNothing()
                .receivedNothing();
        assertFails(() -> assertThat(pings).received("PING 1\r\n").then().sentContaining("220"), """
                sentContaining() after then() on the transcript: it was not sent
                  expected: 3 bytes "220" [32 32 30]
                   but was: 16 bytes "PONG 1\\r\\nPONG 2\\r\\n" [50 4f 4e 47 20 31 0d 0a 50 4f 4e 47 20 32 0d 0a]
                        ms  client                                                        server
                            ... 3 entries with 7 bytes are left out here
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
        assertFails(() -> assertThat(pings).endedByFin().then().endedByFin(), """
                endedByFin() after then() on the transcript: it did not happen
                  expected: a FIN of the other side
                   but was: ended by the other side (FIN)
                        ms  client                                                        server
                            ... 3 entries with 7 bytes are left out here
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void whatMatchedAsAWholeIsBehindThen() {
        assertThat(pings).receivedStartingWith("PING").received(" 1").then().sent("PONG");
        assertThat(pings).sentContaining("PONG 2").then().received("QUIT");
        assertThat(pings).sentMatching("(?s).*").then().sentNothing();
    }

    @Test
    void inOrder() {
        assertThat(pings)
                .receivedInOrder("PING", "2", "QUIT")
                .sentInOrder("220", "PONG", "2\r\n")
                .receivedInOrder("PI".getBytes(UTF_8), "\r\nP".getBytes(UTF_8))
                .sentInOrder("2".getBytes(UTF_8), "0".getBytes(UTF_8));
    }

    @Test
    void notInOrder() {
        assertFails(() -> assertThat(pings).receivedInOrder("PING 2", "PING 1"), """
                receivedInOrder() on the transcript: number 2 of 2 was not received behind the one before it
                  expected: 6 bytes "PING 1" [50 49 4e 47 20 31]
                   but was: 22 bytes "PING 1\\r\\nPING 2\\r\\nQUIT\\r\\n" [50 49 4e 47 20 31 0d 0a 50 49 4e 47 20 32 0d 0a 51 55 49 54 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
        assertFails(() -> assertThat(pings).sentInOrder("EHLO"), """
                sentInOrder() on the transcript: number 1 of 1 was not sent
                  expected: 4 bytes "EHLO" [45 48 4c 4f]
                   but was: 21 bytes "220\\r\\nPONG 1\\r\\nPONG 2\\r\\n" [32 32 30 0d 0a 50 4f 4e 47 20 31 0d 0a 50 4f 4e 47 20 32 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                            ... 2 entries with 6 bytes are left out here""");
        assertFails(
                () -> assertThat(pings).sentInOrder("2".getBytes(UTF_8), "1".getBytes(UTF_8), "1".getBytes(UTF_8)),
                """
                sentInOrder() on the transcript: number 3 of 3 was not sent behind the one before it
                  expected: 1 byte "1" [31]
                   but was: 21 bytes "220\\r\\nPONG 1\\r\\nPONG 2\\r\\n" [32 32 30 0d 0a 50 4f 4e 47 20 31 0d 0a 50 4f 4e 47 20 32 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
        assertFails(() -> assertThat(pings).receivedInOrder(new byte[] {1}), """
                receivedInOrder() on the transcript: number 1 of 1 was not received
                  expected: 1 byte "\\x01" [01]
                   but was: 22 bytes "PING 1\\r\\nPING 2\\r\\nQUIT\\r\\n" [50 49 4e 47 20 31 0d 0a 50 49 4e 47 20 32 0d 0a 51 55 49 54 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------ 5 bytes "220\\r\\n" --|
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 14 bytes "NG 1\\r\\nPING 2\\r\\n" ------------------------------>|
                        ms    |<--------------------------------------- 8 bytes "PONG 1\\r\\n" --|
                        ms    |<--------------------------------------- 8 bytes "PONG 2\\r\\n" --|
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|
                        ms    |-- FIN -------------------------------------------------------->|""");
    }

    @Test
    void nothingCannotBeLookedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(pings).received(""))
                .withMessage("bytes: found none (expected: at least one)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(pings).sent(new byte[0]))
                .withMessage("bytes: found none (expected: at least one)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(pings).sentInOrder("220", ""))
                .withMessage("bytes: found none (expected: at least one)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(pings).sentInOrder(new String[0]))
                .withMessage("found nothing to look for (expected: at least one)");
    }

    @Test
    void severalConnectionsHaveNoOrder() {
        Transcript two = Recorded.several(
                Recorded.accepted().received("A"), Recorded.accepted().received("B"));
        assertFails(() -> assertThat(two).received("A"), """
                received() on the transcript: it is not that of one connection
                  expected: one connection, such as server.connection(1)
                   but was: 2 connections
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "A" ------------------------------------------------->|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "B" ------------------------------------------------->|""");
        assertFails(() -> assertThat(two).receivedExactly("AB"), """
                receivedExactly() on the transcript: it is not that of one connection
                  expected: one connection, such as server.connection(1)
                   but was: 2 connections
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "A" ------------------------------------------------->|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "B" ------------------------------------------------->|""");
        assertFails(() -> assertThat(two).endedByFin(), """
                endedByFin() on the transcript: it is not that of one connection
                  expected: one connection, such as server.connection(1)
                   but was: 2 connections
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "A" ------------------------------------------------->|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "B" ------------------------------------------------->|""");
        assertFails(() -> assertThat(two).isOpen(), """
                isOpen() on the transcript: it is not that of one connection
                  expected: one connection, such as server.connection(1)
                   but was: 2 connections
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "A" ------------------------------------------------->|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 1 byte "B" ------------------------------------------------->|""");
        assertFails(() -> assertThat(Recorded.several()).received("A"), """
                received() on the transcript: it is not that of one connection
                  expected: one connection, such as server.connection(1)
                   but was: 0 connections
                            (no connection was made)""");
    }
}
