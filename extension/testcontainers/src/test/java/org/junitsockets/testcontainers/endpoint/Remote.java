package org.junitsockets.testcontainers.endpoint;

/** How the test cases declare what runs {@link Program}. */
final class Remote {

    static final String JAVA = "/java/bin/java";
    static final String FAST = "-XX:TieredStopAtLevel=1";
    static final String CLASS_PATH = "-cp";
    static final String APP = "/app";
    static final String MAIN = "org.junitsockets.testcontainers.endpoint.Program";
    static final String FILE =
            "org/junitsockets/testcontainers/endpoint/Program.class -> /app/org/junitsockets/testcontainers/endpoint/Program.class";
    static final String WORK =
            "org/junitsockets/testcontainers/endpoint/Program$Work.class -> /app/org/junitsockets/testcontainers/endpoint/Program$Work.class";

    private Remote() {}
}
