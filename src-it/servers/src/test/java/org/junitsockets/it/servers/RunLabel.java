package org.junitsockets.it.servers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.core.CreateContainerCmdModifier;

/**
 * Labels every container, whoever starts it, with the run that it is of, so that the run can remove what
 * it could not stop.
 */
public final class RunLabel implements CreateContainerCmdModifier {

    private static final String LABEL = "org.junitsockets.it.run";

    @Override
    public CreateContainerCmd modify(CreateContainerCmd command) {
        Map<String, String> labels = new HashMap<>();
        if (command.getLabels() != null) {
            labels.putAll(command.getLabels());
        }
        labels.put(LABEL, System.getProperty("it.run", "by-hand"));
        return command.withLabels(labels);
    }
}
