package org.junitsockets.assertj;

/** Which way bytes went, for the end whose transcript it is. */
enum Direction {
    RECEIVED("received", "came"),
    SENT("sent", "was sent");

    final String past;
    final String verb;

    Direction(String past, String verb) {
        this.past = past;
        this.verb = verb;
    }

    /** The assertion's name: both directions have the same. */
    String call(String suffix) {
        return past + suffix + "()";
    }
}
