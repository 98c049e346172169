package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.testing.Recorded;

/** What must not be seen is not, in any part of a failure; it is compared all the same. */
class MaskedAssertTests {

    private final Transcript login = Recorded.accepted()
            .masking("PASS (\\S+)")
            .received("PASS hun")
            .received("ter2\r\n")
            .sent("OK\r\n")
            .event(Kind.CHECKPOINT, "PASS hunter2")
            .transcript();

    @Test
    void itIsComparedUnmasked() {
        assertThat(login).received("PASS hunter2\r\n").reachedCheckpoint("PASS hunter2");
    }

    @Test
    void somethingElseCame() {
        assertFails(() -> assertThat(login).received("PASS hunter3\r\n"), """
                received() on the transcript: something else came
                  expected: 14 bytes "PASS *******\\r\\n" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a 0d 0a]
                   but was: 14 bytes "PASS *******\\r\\n" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a 0d 0a]
                  first difference at byte 11
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
    }

    @Test
    void whatIsExpectedIsMaskedInItsPlace() {
        assertFails(() -> assertThat(login).received("PASS ").received("hunter3\r\n"), """
                received() on the transcript: something else came behind the first 5 bytes
                  expected: 9 bytes "*******\\r\\n" [2a 2a 2a 2a 2a 2a 2a 0d 0a]
                   but was: 9 bytes "*******\\r\\n" [2a 2a 2a 2a 2a 2a 2a 0d 0a]
                  first difference at byte 6
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
    }

    @Test
    void containing() {
        assertFails(() -> assertThat(login).receivedContaining("PASS hunter3"), """
                receivedContaining() on the transcript: it was not received
                  expected: 12 bytes "PASS *******" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a]
                   but was: 14 bytes "PASS *******\\r\\n" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
        assertFails(() -> assertThat(login).receivedInOrder("PASS", "PASS hunter2"), """
                receivedInOrder() on the transcript: number 2 of 2 was not received behind the one before it
                  expected: 12 bytes "PASS *******" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a]
                   but was: 14 bytes "PASS *******\\r\\n" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
        assertFails(() -> assertThat(login).receivedMatching("PASS"), """
                receivedMatching() on the transcript: what was received does not match
                  expected: all of it to match PASS
                   but was: 14 bytes "PASS *******\\r\\n" [50 41 53 53 20 2a 2a 2a 2a 2a 2a 2a 0d 0a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
    }

    @Test
    void whatShouldNotBeThereIsNotShownEither() {
        assertFails(() -> assertThat(login).doesNotContain("hunter2"), """
                doesNotContain() on the transcript: it was received, from byte 5 on
                  expected: not 7 bytes "*******" [2a 2a 2a 2a 2a 2a 2a]
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
    }

    @Test
    void checkpoints() {
        assertFails(() -> assertThat(login).reachedCheckpoint("QUIT"), """
                reachedCheckpoint() on the transcript: it was not
                  expected: 'QUIT'
                   but was: 'PASS *******'
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 8 bytes "PASS ***" ----------------------------------------->|
                        ms    |-- 6 bytes "****\\r\\n" ----------------------------------------->|
                        ms    |<------------------------------------------- 4 bytes "OK\\r\\n" --|
                        ms    |                                                                |  server: checkpoint 'PASS *******'""");
    }

    @Test
    void severalConnections() {
        Transcript two = Recorded.several(
                Recorded.accepted().masking("PASS (\\S+)").received("PASS hunter2"),
                Recorded.accepted().masking("PASS (\\S+)").received("PASS other"));
        assertFails(() -> assertThat(two).receivedContaining("QUIT"), """
                receivedContaining() on the transcript: it was received on none of 2 connections
                  expected: 4 bytes "QUIT" [51 55 49 54]
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 12 bytes "PASS *******" ------------------------------------>|
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 10 bytes "PASS *****" -------------------------------------->|""");
        assertFails(() -> assertThat(two).doesNotContain("other"), """
                doesNotContain() on the transcript: it was received, from byte 5 on
                  expected: not 5 bytes "*****" [2a 2a 2a 2a 2a]
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 10 bytes "PASS *****" -------------------------------------->|""");
    }
}
