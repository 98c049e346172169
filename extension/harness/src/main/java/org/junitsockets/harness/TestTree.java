package org.junitsockets.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Questions to a test plan about the place of a test in it. */
final class TestTree {

    private TestTree() {}

    /** Returns the outermost class around a test; its engine, if the engine has no classes. */
    static TestIdentifier suite(TestPlan plan, TestIdentifier identifier) {
        List<TestIdentifier> lineage = lineage(plan, identifier);
        return lineage.stream().filter(TestTree::isClass).findFirst().orElse(lineage.get(0));
    }

    static String suiteName(TestPlan plan, TestIdentifier identifier) {
        TestIdentifier suite = suite(plan, identifier);
        return suite.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getClassName())
                .orElseGet(suite::getDisplayName);
    }

    /** Returns the display names that lead to a test, without that of the engine. */
    static String path(TestPlan plan, TestIdentifier identifier) {
        List<String> names = lineage(plan, identifier).stream()
                .map(TestIdentifier::getDisplayName)
                .toList();
        return String.join(" > ", names.size() > 1 ? names.subList(1, names.size()) : names);
    }

    /** Returns the tests below, and the templates and factories that may still become tests. */
    static Stream<TestIdentifier> leaves(TestPlan plan, TestIdentifier identifier) {
        return plan.getDescendants(identifier).stream()
                .filter(it -> it.isTest() || plan.getChildren(it).isEmpty());
    }

    private static boolean isClass(TestIdentifier identifier) {
        return identifier.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    private static List<TestIdentifier> lineage(TestPlan plan, TestIdentifier identifier) {
        List<TestIdentifier> lineage = new ArrayList<>();
        for (Optional<TestIdentifier> it = Optional.of(identifier); it.isPresent(); it = plan.getParent(it.get())) {
            lineage.add(it.get());
        }
        Collections.reverse(lineage);
        return lineage;
    }
}
