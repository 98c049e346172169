package org.junitsockets.testcontainers.endpoint;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsockets.Transport;
import org.junitsockets.UnsupportedLocationException;

/** Skips a class where there is no container engine, or fails it where the property requires one. */
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

    /** Looks for one. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                Engine.require(Transport.TCP, "this test");
                return enabled("there is an engine");
            } catch (UnsupportedLocationException e) {
                if (Arrays.asList(System.getProperty("junitsockets.require", "").split(",", -1))
                        .contains("container")) {
                    throw e;
                }
                return disabled(e.getMessage());
            }
        }
    }
}
