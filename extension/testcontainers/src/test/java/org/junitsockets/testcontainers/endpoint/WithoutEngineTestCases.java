package org.junitsockets.testcontainers.endpoint;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsockets.SocketServer;
import org.junitsockets.jupiter.WithSocketServer;

/** What a JVM of its own says of tests that need an engine: a line for each of them. */
final class WithoutEngineTestCases {

    private static final String PREFIX = "junitsockets.";

    private WithoutEngineTestCases() {}

    /** What is not a remote endpoint, but in the location that the parameter says. */
    static class Served {
        @Test
        void isThere(@WithSocketServer SocketServer server) {}
    }

    /** The system properties of this library are the parameters of the runs. */
    public static void main(String[] arguments) {
        Map<String, String> parameters = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .forEach(name -> parameters.put(name, System.getProperty(name)));
        say(Run.of(RemoteEndpointTestCases.Failing.class, parameters));
        say(Run.of(RemoteEndpointTestCases.Settings.class, parameters));
        parameters.put(PREFIX + "location", "container");
        say(Run.of(Served.class, parameters));
        System.exit(0); // also where something still tries to reach a registry
    }

    private static void say(Run run) {
        String said = "passed " + run.succeeded() + " aborted " + run.aborted() + " failed " + run.failures();
        System.out.println(said.replaceAll("\\s+", " "));
    }
}
