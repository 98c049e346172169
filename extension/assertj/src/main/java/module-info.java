/**
 * AssertJ assertions on socket servers, connections, what was on the wire, sockets and addresses.
 *
 * <p>{@link org.junitsockets.assertj.SocketAssertions} is the way in.
 */
module org.junitsockets.assertj {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires transitive org.junitsockets.core;
    requires transitive org.assertj.core;

    exports org.junitsockets.assertj;

    opens org.junitsockets.assertj to
            org.assertj.core; // which makes the soft assertions of them
}
