/** All that most test code needs: the Jupiter extension and what it stands on. */
module org.junitsockets {
    requires transitive org.junitsockets.jupiter;
}
