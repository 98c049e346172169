package org.junitsockets.assertj;

import static org.junitsockets.assertj.SocketAssertions.assertThat;
import static org.junitsockets.assertj.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junitsockets.Transcript;
import org.junitsockets.Transcript.Kind;
import org.junitsockets.assertj.testing.Recorded;

/** How connections end, and what else happens on them. */
class EventAssertTests {

    private final Transcript open = Recorded.accepted().received("PING").transcript();
    private final Transcript fin = Recorded.accepted()
            .event(Kind.FIN_RECEIVED)
            .event(Kind.CLOSED, "close()")
            .transcript();
    private final Transcript resetByPeer =
            Recorded.accepted().sent("x").event(Kind.RESET_RECEIVED).transcript();
    private final Transcript resetHere =
            Recorded.accepted().event(Kind.RESET, "rst()").transcript();
    private final Transcript halfClosed =
            Recorded.accepted().event(Kind.HALF_CLOSED).received("more").transcript();

    @Test
    void endedByFin() {
        assertThat(fin).endedByFin();
        assertFails(() -> assertThat(open).endedByFin(), """
                endedByFin() on the transcript: it did not happen
                  expected: a FIN of the other side
                   but was: open
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(resetByPeer).endedByFin(), """
                endedByFin() on the transcript: it did not happen
                  expected: a FIN of the other side
                   but was: reset by the other side
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------------- 1 byte "x" --|
                        ms    |-- RST -------------------------------------------------------->|""");
    }

    @Test
    void endedByReset() {
        assertThat(resetByPeer).endedByReset();
        assertThat(resetHere).endedByReset();
        assertFails(() -> assertThat(fin).endedByReset(), """
                endedByReset() on the transcript: it did not happen
                  expected: a reset by either side
                   but was: ended by the other side (FIN), then ended here by close()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- FIN -------------------------------------------------------->|
                        ms    |<-------------------------------------------------------- FIN --|  server: close()""");
    }

    @Test
    void wasReset() {
        assertThat(resetByPeer).wasReset();
        assertFails(() -> assertThat(resetHere).wasReset(), """
                wasReset() on the transcript: it did not happen
                  expected: a reset by the other side
                   but was: reset here by rst()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<-------------------------------------------------------- RST --|  server: rst()""");
    }

    @Test
    void halfClosed() {
        assertThat(halfClosed).halfClosed().then().receivedExactly("more");
        assertThat(Recorded.accepted().event(Kind.FIN_RECEIVED).sent("more").transcript())
                .halfClosed()
                .then()
                .sentExactly("more");
        assertFails(
                () -> assertThat(Recorded.accepted()
                                .sent("before")
                                .event(Kind.FIN_RECEIVED)
                                .transcript())
                        .halfClosed(),
                """
                halfClosed() on the transcript: it did not happen
                  expected: a FIN while the other direction goes on
                   but was: ended by the other side (FIN)
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<------------------------------------------- 6 bytes "before" --|
                        ms    |-- FIN -------------------------------------------------------->|""");
        assertFails(() -> assertThat(fin).halfClosed(), """
                halfClosed() on the transcript: it did not happen
                  expected: a FIN while the other direction goes on
                   but was: ended by the other side (FIN), then ended here by close()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- FIN -------------------------------------------------------->|
                        ms    |<-------------------------------------------------------- FIN --|  server: close()""");
        assertFails(
                () -> assertThat(Recorded.accepted()
                                .event(Kind.FIN_RECEIVED)
                                .sent("more")
                                .event(Kind.RESET_RECEIVED)
                                .transcript())
                        .halfClosed(),
                """
                halfClosed() on the transcript: it did not happen
                  expected: a FIN while the other direction goes on
                   but was: ended by the other side (FIN), then reset by the other side
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- FIN -------------------------------------------------------->|
                        ms    |<--------------------------------------------- 4 bytes "more" --|
                        ms    |-- RST -------------------------------------------------------->|""");
    }

    @Test
    void open() {
        assertThat(open).isOpen();
        for (Transcript ended : new Transcript[] {fin, resetByPeer, resetHere, halfClosed}) {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(ended).isOpen());
        }
        assertFails(() -> assertThat(halfClosed).isOpen(), """
                isOpen() on the transcript: it is not
                  expected: open
                   but was: half-closed here
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<-------------------------------------------------------- FIN --|  server: shutdownOutput()
                        ms    |-- 4 bytes "more" --------------------------------------------->|""");
    }

    @Test
    void closed() {
        assertThat(fin).isClosed();
        assertThat(resetByPeer).isClosed();
        assertThat(resetHere).isClosed();
        assertThat(Recorded.accepted()
                        .event(Kind.HALF_CLOSED)
                        .event(Kind.FIN_RECEIVED)
                        .transcript())
                .isClosed();
        assertFails(() -> assertThat(open).isClosed(), """
                isClosed() on the transcript: it was not
                  expected: closed
                   but was: open
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(halfClosed).isClosed(), """
                isClosed() on the transcript: it was not
                  expected: closed
                   but was: half-closed here
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |<-------------------------------------------------------- FIN --|  server: shutdownOutput()
                        ms    |-- 4 bytes "more" --------------------------------------------->|""");
    }

    @Test
    void timedOut() {
        assertThat(Recorded.accepted().event(Kind.TIMED_OUT, "readLine()").transcript())
                .timedOut();
        assertFails(() -> assertThat(open).timedOut(), """
                timedOut() on the transcript: it did not happen
                  expected: a call that timed out
                   but was: open
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
    }

    @Test
    void reachedCheckpoint() {
        Transcript points = Recorded.accepted()
                .event(Kind.CHECKPOINT, "connected")
                .received("PING")
                .event(Kind.CHECKPOINT, "asked")
                .transcript();
        assertThat(points)
                .reachedCheckpoint("connected")
                .then()
                .received("PING")
                .reachedCheckpoint("asked");
        assertFails(() -> assertThat(points).reachedCheckpoint("answered"), """
                reachedCheckpoint() on the transcript: it was not
                  expected: 'answered'
                   but was: 'connected', 'asked'
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: checkpoint 'connected'
                        ms    |-- 4 bytes "PING" --------------------------------------------->|
                        ms    |                                                                |  server: checkpoint 'asked'""");
        assertFails(() -> assertThat(open).reachedCheckpoint("answered"), """
                reachedCheckpoint() on the transcript: it was not
                  expected: 'answered'
                   but was: none was reached
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |-- 4 bytes "PING" --------------------------------------------->|""");
        assertFails(() -> assertThat(points).received("PING").then().reachedCheckpoint("connected"), """
                reachedCheckpoint() after then() on the transcript: it was not
                  expected: 'connected'
                   but was: 'connected', 'asked'
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: checkpoint 'connected'
                        ms    |-- 4 bytes "PING" --------------------------------------------->|
                        ms    |                                                                |  server: checkpoint 'asked'""");
    }

    @Test
    void anyConnectionDoesForWhatIsNoEnd() {
        Transcript two = Recorded.several(
                Recorded.accepted(),
                Recorded.accepted().event(Kind.TIMED_OUT, "readLine()").event(Kind.CHECKPOINT, "here"));
        assertThat(two).timedOut().reachedCheckpoint("here");
        assertFails(() -> assertThat(two).reachedCheckpoint("there"), """
                reachedCheckpoint() on the transcript: it was not
                  expected: 'there'
                   but was: 'here'
                connection 1
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                connection 2
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: timed out in readLine()
                        ms    |                                                                |  server: checkpoint 'here'""");
    }

    @Test
    void aTruncationIsNoEndInOrder() {
        Transcript truncated = Recorded.accepted()
                .event(Kind.TLS_STARTED)
                .event(Kind.TLS_ESTABLISHED, "TLSv1.3")
                .event(Kind.TRUNCATED)
                .transcript();
        assertFails(() -> assertThat(truncated).endedByFin(), """
                endedByFin() on the transcript: it did not happen
                  expected: a FIN of the other side
                   but was: ended by the other side without close_notify (truncated)
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: TLS begins
                        ms    |                                                                |  server: TLS: TLSv1.3
                        ms    |-- FIN -------------------------------------------------------->|  server: without close_notify: truncated""");
        assertFails(() -> assertThat(truncated).isOpen(), """
                isOpen() on the transcript: it is not
                  expected: open
                   but was: ended by the other side without close_notify (truncated)
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: TLS begins
                        ms    |                                                                |  server: TLS: TLSv1.3
                        ms    |-- FIN -------------------------------------------------------->|  server: without close_notify: truncated""");
    }

    @Test
    void anEndOverTlsIsOneInOrderAfterItsCloseNotify() {
        Transcript ended = Recorded.accepted()
                .event(Kind.CLOSE_NOTIFY_RECEIVED)
                .event(Kind.FIN_RECEIVED)
                .event(Kind.CLOSE_NOTIFY_SENT)
                .event(Kind.CLOSED, "close()")
                .transcript();
        assertThat(ended).endedByFin().isClosed();
        assertFails(() -> assertThat(ended).endedByReset(), """
                endedByReset() on the transcript: it did not happen
                  expected: a reset by either side
                   but was: close_notify received, then ended by the other side (FIN), then close_notify sent, then ended here by close()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: close_notify received
                        ms    |-- FIN -------------------------------------------------------->|
                        ms    |                                                                |  server: close_notify sent
                        ms    |<-------------------------------------------------------- FIN --|  server: close()""");
    }

    @Test
    void aFailureOfTlsIsNoOpenConnection() {
        Transcript failed = Recorded.accepted()
                .event(Kind.TLS_FAILED, "certificate_expired")
                .transcript();
        assertFails(() -> assertThat(failed).isOpen(), """
                isOpen() on the transcript: it is not
                  expected: open
                   but was: failed in TLS: certificate_expired
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: TLS failed: certificate_expired""");
    }

    @Test
    void whoHasLeftIsClosedAndNobodyThereIsSaid() {
        Transcript left = Recorded.accepted()
                .event(Kind.PORT_UNREACHABLE)
                .event(Kind.LEFT, "close()")
                .transcript();
        assertThat(left).isClosed();
        assertFails(() -> assertThat(left).isOpen(), """
                isOpen() on the transcript: it is not
                  expected: open
                   but was: nobody there (port unreachable), then closed here by close()
                        ms  client                                                        server
                        ms    |                                                                |  server: accepted
                        ms    |                                                                |  server: nobody there: port unreachable
                        ms    |                                                                |  server: close()""");
    }
}
