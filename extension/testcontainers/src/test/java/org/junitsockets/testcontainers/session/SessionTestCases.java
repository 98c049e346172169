package org.junitsockets.testcontainers.session;

import java.io.IOException;
import org.junitsockets.Transport;

/** What a JVM of its own does with the place in a container. */
final class SessionTestCases {

    private SessionTestCases() {}

    /** Says why there is no place, or which container it is; and then waits for the end of its input. */
    public static void main(String[] arguments) throws IOException {
        ContainerPlace place = (ContainerPlace) new ContainerLocation().place(System::getProperty);
        place.unavailableBecause(Transport.TCP)
                .ifPresentOrElse(System.out::println, () -> System.out.println(container(place)));
        while (System.in.read() >= 0) {
            // until it is closed
        }
    }

    private static String container(ContainerPlace place) {
        try {
            return place.agent().container()
                    + place.unavailableBecause(Transport.TCP6).orElse("");
        } catch (IOException e) {
            return e.toString();
        }
    }
}
