package org.junitsockets.it;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

final class NeedsCondition implements ExecutionCondition {

    private static final String REQUIRE = "it.require";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Needs needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .orElse(null);
        if (needs == null) {
            return ConditionEvaluationResult.enabled("needs nothing");
        }
        List<String> missing = Arrays.stream(needs.commands())
                .filter(command -> Programs.find(command).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled(needs.value() + " is there");
        }
        String reason = needs.value() + " is not installed (not on the PATH: " + String.join(", ", missing) + ")";
        if (List.of(System.getProperty(REQUIRE, "").split(",")).contains(needs.value())) {
            throw new AssertionError(reason + ", though " + REQUIRE + " names it");
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
