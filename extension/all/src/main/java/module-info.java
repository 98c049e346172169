/** All that most test code needs: the Jupiter extension, assertions, and what they stand on. */
module org.junitsockets {
    requires transitive org.junitsockets.assertj;
    requires transitive org.junitsockets.jupiter;
}
