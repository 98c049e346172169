package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.assertj.testing.Recorded;

/** What a transcript that has lost its beginning can tell, and what it cannot. */
class BoundedTranscriptAssertTests {

    private final Transcript lost = Recorded.accepted(8)
            .received("SECRET")
            .sent("PONG")
            .received("PING")
            .transcript();

    @Test
    void whatIsKeptIsFound() {
        assertThat(lost)
                .receivedContaining("PING")
                .sentContaining("PONG")
                .then()
                .receivedNothing();
        assertThat(lost).sent("PONG").then().received("PING");
        assertThat(lost).receivedInOrder("PI", "NG").sentExactly("PONG");
        assertThat(lost).receivedBytes(10).sentBytes(4);
    }

    @Test
    void theBeginningIsUnknown() {
        assertFails(() -> assertThat(lost).received("SECRET"), """
                received() on the transcript: it cannot be told, as the beginning is not known
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).receivedExactly("PING"), """
                receivedExactly() on the transcript: it cannot be told, as the beginning is not known
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).receivedStartingWith("PING"), """
                receivedStartingWith() on the transcript: it cannot be told, as the beginning is not known
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).receivedMatching("PING"), """
                receivedMatching() on the transcript: it cannot be told, as the beginning is not known
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    @Test
    void whatIsNotThereMayHaveBeen() {
        assertFails(() -> assertThat(lost).receivedContaining("SECRET"), """
                receivedContaining() on the transcript: it was not received
                  expected: 6 bytes "SECRET" [53 45 43 52 45 54]
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).doesNotContain("SECRET"), """
                doesNotContain() on the transcript: it cannot be told, as the beginning is not known
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).receivedInOrder("PING", "QUIT"), """
                receivedInOrder() on the transcript: number 2 of 2 was not received behind the one before it
                  expected: 4 bytes "QUIT" [51 55 49 54]
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(lost).receivedNothing(), """
                receivedNothing() on the transcript: something was received
                  expected: 0 bytes
                   but was: 4 bytes "PING" [50 49 4e 47], behind the first 6 bytes received, which were dropped (junitsockets.transcript.size)
                        ms  client                                                        server
                            (before this, 6 bytes received, 1 event were dropped: junitsockets.transcript.size)
                        ms    |<--------------------------------------------- 4 bytes "PONG" --|
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    @Test
    void nothingIsKnownOfWhatIsNotRecorded() {
        Transcript unrecorded = Recorded.accepted(0).received("SECRET").transcript();
        assertFails(() -> assertThat(unrecorded).doesNotContain("SECRET"), """
                doesNotContain() on the transcript: it cannot be told, as nothing is recorded (junitsockets.transcript.size)
                        ms  client                                                        server""");
        assertFails(() -> assertThat(unrecorded).receivedNothing(), """
                receivedNothing() on the transcript: it cannot be told, as nothing is recorded (junitsockets.transcript.size)
                        ms  client                                                        server""");
        assertFails(() -> assertThat(unrecorded).isOpen(), """
                isOpen() on the transcript: it cannot be told, as nothing is recorded (junitsockets.transcript.size)
                        ms  client                                                        server""");
        assertFails(() -> assertThat(unrecorded).received("SECRET"), """
                received() on the transcript: it cannot be told, as nothing is recorded (junitsockets.transcript.size)
                        ms  client                                                        server""");
    }

    @Test
    void somebodyElsesTranscript() {
        Transcript foreign = new Foreign(Recorded.accepted().received("PING").transcript());
        assertThat(foreign).received("PING").isOpen();
        assertFails(() -> assertThat(foreign).received("PONG"), """
                received() on the transcript: something else came
                  expected: 4 bytes "PONG" [50 4f 4e 47]
                   but was: 4 bytes "PING" [50 49 4e 47]
                  first difference at byte 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    record Foreign(Transcript of) implements Transcript {
        @Override
        public List<Entry> entries() {
            return of.entries();
        }

        @Override
        public byte[] received() {
            return of.received();
        }

        @Override
        public byte[] sent() {
            return of.sent();
        }

        @Override
        public long droppedReceived() {
            return of.droppedReceived();
        }

        @Override
        public long droppedSent() {
            return of.droppedSent();
        }

        @Override
        public long droppedEvents() {
            return of.droppedEvents();
        }
    }
}
