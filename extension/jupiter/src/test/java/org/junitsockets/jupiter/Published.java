package org.junitsockets.jupiter;

import java.nio.file.Path;
import java.util.Map;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of test cases by a launcher, which knows where to put the files that tests publish. */
final class Published {

    private Published() {}

    static void run(Class<?> testCases, Map<String, String> parameters, Path directory) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testCases))
                .configurationParameter("junit.platform.reporting.output.dir", directory.toString())
                .configurationParameters(parameters)
                .build();
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(alone).execute(request);
    }
}
