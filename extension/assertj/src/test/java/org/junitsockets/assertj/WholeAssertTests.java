package org.junitsockets.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.assertj.testing.Recorded;

/** What is about all bytes of a direction. */
class WholeAssertTests {

    private final Transcript ping = Recorded.accepted()
            .received("PI")
            .received("NG\r\n")
            .sent("PONG\r\n")
            .transcript();
    private final Transcript two = Recorded.several(
            Recorded.accepted().received("PING\r\n").sent("PONG"),
            Recorded.accepted().received("QUIT\r\n"));

    @Test
    void exactly() {
        assertThat(ping)
                .receivedExactly("PING\r\n")
                .receivedExactly("PING\r\n".getBytes(UTF_8))
                .sentExactly("PONG\r\n")
                .sentExactly("PONG\r\n".getBytes(UTF_8));
        assertFails(() -> assertThat(ping).receivedExactly("PING"), """
                receivedExactly() on the transcript: more came
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                  first difference at byte 4
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).receivedExactly("PONG\r\n".getBytes(UTF_8)), """
                receivedExactly() on the transcript: something else came
                  expected: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentExactly("PONG\r\nPONG\r\n"), """
                sentExactly() on the transcript: not all of it was sent
                  expected: 12 bytes "PONG\\r\\nPONG\\r\\n" [50 4f 4e 47 0d 0a 50 4f 4e 47 0d 0a]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                  first difference at byte 6
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentExactly(new byte[] {0, (byte) 0xff}), """
                sentExactly() on the transcript: something else was sent
                  expected: 2 bytes "\\x00\\xff" [00 ff]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                  first difference at byte 0
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
    }

    @Test
    void startingWith() {
        assertThat(ping)
                .receivedStartingWith("PIN")
                .receivedStartingWith("PING".getBytes(UTF_8))
                .sentStartingWith("PO")
                .sentStartingWith("PONG\r\n".getBytes(UTF_8));
        assertFails(() -> assertThat(ping).receivedStartingWith("PONG"), """
                receivedStartingWith() on the transcript: something else came
                  expected: 4 bytes "PONG" [50 4f 4e 47]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).receivedStartingWith("PING\r\nPING".getBytes(UTF_8)), """
                receivedStartingWith() on the transcript: not all of it came
                  expected: 10 bytes "PING\\r\\nPING" [50 49 4e 47 0d 0a 50 49 4e 47]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                  first difference at byte 6
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentStartingWith("PING"), """
                sentStartingWith() on the transcript: something else was sent
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentStartingWith("ING".getBytes(UTF_8)), """
                sentStartingWith() on the transcript: something else was sent
                  expected: 3 bytes "ING" [49 4e 47]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                  first difference at byte 0
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
    }

    @Test
    void containing() {
        assertThat(ping)
                .receivedContaining("ING")
                .receivedContaining("ING".getBytes(UTF_8))
                .sentContaining("ONG")
                .sentContaining("\r\n".getBytes(UTF_8));
        assertFails(() -> assertThat(ping).receivedContaining("PONG"), """
                receivedContaining() on the transcript: it was not received
                  expected: 4 bytes "PONG" [50 4f 4e 47]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).receivedContaining(new byte[] {0}), """
                receivedContaining() on the transcript: it was not received
                  expected: 1 byte "\\x00" [00]
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentContaining("PING"), """
                sentContaining() on the transcript: it was not sent
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentContaining("PING".getBytes(UTF_8)), """
                sentContaining() on the transcript: it was not sent
                  expected: 4 bytes "PING" [50 49 4e 47]
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
    }

    @Test
    void containingInAnyConnectionButNotAcrossThem() {
        assertThat(two).receivedContaining("QUIT").receivedContaining("PING").sentContaining("PONG");
        assertFails(() -> assertThat(two).receivedContaining("\r\nQ"), """
                receivedContaining() on the transcript: it was received on none of 2 connections
                  expected: 3 bytes "\\r\\nQ" [0d 0a 51]
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 6 bytes "PING\\r\\n" ----------------------------------------->|
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|""");
        assertFails(() -> assertThat(Recorded.several()).receivedContaining("Q"), """
                receivedContaining() on the transcript: it was received on none of 0 connections
                  expected: 1 byte "Q" [51]
                            (no connection was made)""");
    }

    @Test
    void notContaining() {
        assertThat(ping).doesNotContain("secret").doesNotContain("secret".getBytes(UTF_8));
        assertThat(two).doesNotContain("\r\nQ");
        assertFails(() -> assertThat(ping).doesNotContain("NG\r"), """
                doesNotContain() on the transcript: it was received, from byte 2 on
                  expected: not 3 bytes "NG\\r" [4e 47 0d]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).doesNotContain("PONG".getBytes(UTF_8)), """
                doesNotContain() on the transcript: it was sent, from byte 0 on
                  expected: not 4 bytes "PONG" [50 4f 4e 47]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(two).doesNotContain("QUIT"), """
                doesNotContain() on the transcript: it was received, from byte 0 on
                  expected: not 4 bytes "QUIT" [51 55 49 54]
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 6 bytes "QUIT\\r\\n" ----------------------------------------->|""");
    }

    @Test
    void matching() {
        assertThat(ping)
                .receivedMatching("P.NG\\s*")
                .receivedMatching(Pattern.compile("ping.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL))
                .sentMatching("(?s)P.*")
                .sentMatching(Pattern.compile("PONG\r\n"));
        assertThat(Recorded.accepted().received("gr\u00fc\u00df").transcript()).receivedMatching("gr..");
        assertFails(() -> assertThat(ping).receivedMatching("P.NG"), """
                receivedMatching() on the transcript: what was received does not match
                  expected: all of it to match P.NG
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).receivedMatching(Pattern.compile("x")), """
                receivedMatching() on the transcript: what was received does not match
                  expected: all of it to match x
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentMatching("PING.*"), """
                sentMatching() on the transcript: what was sent does not match
                  expected: all of it to match PING.*
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentMatching(Pattern.compile(".*")), """
                sentMatching() on the transcript: what was sent does not match
                  expected: all of it to match .*
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
    }

    @Test
    void nothing() {
        Transcript none = Recorded.accepted().transcript();
        assertThat(none).receivedNothing().sentNothing();
        assertThat(Recorded.several()).receivedNothing().sentNothing();
        assertFails(() -> assertThat(ping).receivedNothing(), """
                receivedNothing() on the transcript: something was received
                  expected: 0 bytes
                   but was: 6 bytes "PING\\r\\n" [50 49 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentNothing(), """
                sentNothing() on the transcript: something was sent
                  expected: 0 bytes
                   but was: 6 bytes "PONG\\r\\n" [50 4f 4e 47 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(two).sentNothing(), """
                sentNothing() on the transcript: something was sent
                  expected: 0 bytes
                   but was: 4 bytes "PONG" [50 4f 4e 47]
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 6 bytes "PING\\r\\n" ----------------------------------------->|
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|""");
    }

    @Test
    void counts() {
        assertThat(ping).receivedBytes(6).sentBytes(6);
        assertThat(two).receivedBytes(12).sentBytes(4);
        assertThat(Recorded.several()).receivedBytes(0);
        assertFails(() -> assertThat(ping).receivedBytes(7), """
                receivedBytes() on the transcript: too few
                  expected: 7 bytes
                   but was: 6 bytes
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertFails(() -> assertThat(ping).sentBytes(1), """
                sentBytes() on the transcript: too many
                  expected: 1 byte
                   but was: 6 bytes
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 2 bytes "PI" ----------------------------------------------->|
                        ms    |-- 4 bytes "NG\\r\\n" ------------------------------------------->|
                        ms    |<----------------------------------------- 6 bytes "PONG\\r\\n" --|""");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(ping).receivedBytes(-1))
                .withMessage("count: found -1 (expected: at least 0)");
    }

    @Test
    void theNearestPartOfALongConversationIsShown() {
        Recorded many = Recorded.accepted(4096);
        for (int i = 0; i < 100; i++) {
            many.received("GET " + i + "\n").sent("OK " + i + "\n");
        }
        assertFails(
                () -> assertThat(many.transcript()).receivedStartingWith("GET 0\nGET 1\nGET 2\nGET 3\nGET 4\nPUT"),
                """
                receivedStartingWith() on the transcript: something else came
                  expected: 33 bytes "GET 1\\nGET 2\\nGET 3\\nGET 4\\nPUT..." [47 45 54 20 31 0a 47 45 54 20 32 0a 47 45 54 20 33 0a 47 45 54 20 34 0a 50 55 54 ...]  (from byte 6)
                   but was: 690 bytes "GET 1\\nGET 2\\nGET 3\\nGET 4\\nGET 5\\nGET 6\\nGET 7\\nGET 8\\n..." [47 45 54 20 31 0a 47 45 54 20 32 0a 47 45 54 20 33 0a 47 45 54 20 34 0a 47 45 54 20 35 0a 47 45 54 20 36 0a 47 45 54 20 37 0a 47 45 54 20 38 0a ...]  (from byte 6)
                  first difference at byte 30
                        ms  client                                                        server
                            ... 7 entries with 33 bytes are left out here
                        ms    |-- 6 bytes "GET 3\\n" ------------------------------------------>|
                        ms    |<------------------------------------------- 5 bytes "OK 3\\n" --|
                        ms    |-- 6 bytes "GET 4\\n" ------------------------------------------>|
                        ms    |<------------------------------------------- 5 bytes "OK 4\\n" --|
                        ms    |-- 6 bytes "GET 5\\n" ------------------------------------------>|
                        ms    |<------------------------------------------- 5 bytes "OK 5\\n" --|
                        ms    |-- 6 bytes "GET 6\\n" ------------------------------------------>|
                        ms    |<------------------------------------------- 5 bytes "OK 6\\n" --|
                        ms    |-- 6 bytes "GET 7\\n" ------------------------------------------>|
                            ... 185 entries with 1197 bytes are left out here""");
    }

    @Test
    void theDifferenceOfLongBytesIsShownWhereItIs() {
        Transcript much = Recorded.accepted().received("x".repeat(500) + "y").transcript();
        assertFails(() -> assertThat(much).receivedExactly("x".repeat(501)), """
                receivedExactly() on the transcript: something else came
                  expected: 501 bytes "xxxxxxxxxxxxxxxxxxxxxxxxx..." [78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 ...]  (from byte 476)
                   but was: 501 bytes "xxxxxxxxxxxxxxxxxxxxxxxxy..." [78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 79 ...]  (from byte 476)
                  first difference at byte 500
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 501 bytes "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..." ------->|""");
    }

    @Test
    void nothingCannotBeLookedFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> assertThat(ping).receivedExactly(""));
        assertThatIllegalArgumentException().isThrownBy(() -> assertThat(ping).receivedContaining(""));
        assertThatIllegalArgumentException().isThrownBy(() -> assertThat(ping).receivedStartingWith(""));
        assertThatIllegalArgumentException().isThrownBy(() -> assertThat(ping).doesNotContain(""));
    }
}
