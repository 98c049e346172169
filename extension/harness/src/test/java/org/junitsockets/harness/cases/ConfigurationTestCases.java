package org.junitsockets.harness.cases;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Fails with the configuration parameters that it sees. */
@ExtendWith(ConfigurationTestCases.ConfigurationResolver.class)
public class ConfigurationTestCases {

    @Test
    void tells(String configuration) {
        throw new AssertionError(configuration);
    }

    static class ConfigurationResolver implements ParameterResolver {

        private static final List<String> KEYS =
                List.of("transports", "location", "seed", "deadline", "other", "require");

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == String.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return KEYS.stream()
                    .map(key -> key + "="
                            + context.getConfigurationParameter("junitsockets." + key)
                                    .orElse("unset"))
                    .collect(Collectors.joining(", "));
        }
    }
}
