package org.junitsockets.harness;

import static org.junit.platform.launcher.TagFilter.excludeTags;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.PackageSelector;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Which suites to run.
 *
 * @param selectors of classes and packages, at least one
 * @param includedTags expressions, one of which a test must match; empty for any test
 * @param excludedTags expressions, none of which a test may match
 */
record Selection(List<DiscoverySelector> selectors, List<String> includedTags, List<String> excludedTags) {

    Selection {
        selectors = List.copyOf(selectors);
        includedTags = List.copyOf(includedTags);
        excludedTags = List.copyOf(excludedTags);
    }

    PostDiscoveryFilter[] tagFilters() {
        List<PostDiscoveryFilter> filters = new ArrayList<>();
        if (!includedTags.isEmpty()) {
            filters.add(includeTags(includedTags));
        }
        if (!excludedTags.isEmpty()) {
            filters.add(excludeTags(excludedTags));
        }
        return filters.toArray(PostDiscoveryFilter[]::new);
    }

    /** Returns a sentence for each class that does not exist: JUnit's versions differ in what they make of it. */
    List<String> unknownClasses() {
        return selectors.stream()
                .filter(ClassSelector.class::isInstance)
                .map(ClassSelector.class::cast)
                .filter(Selection::isUnknown)
                .map(selector -> "no test found: there is no class '" + selector.getClassName() + "' on the class path")
                .toList();
    }

    /** Returns a sentence for each selector without tests, or else one about the tags. */
    List<String> withoutTests(TestsFound found, boolean anyLeft) {
        List<String> empty = selectors.stream()
                .filter(selector -> !found.in(selector))
                .map(Selection::noTestIn)
                .toList();
        if (!empty.isEmpty() || anyLeft) {
            return empty;
        }
        return List.of("no test found: no selected test matches the tags (included: " + describe(includedTags)
                + "; excluded: " + describe(excludedTags) + ")");
    }

    private static String noTestIn(DiscoverySelector selector) {
        if (selector instanceof ClassSelector ofClass) {
            return "no test found in class '" + ofClass.getClassName() + "'";
        }
        return "no test found in package '" + ((PackageSelector) selector).getPackageName() + "' on the class path";
    }

    private static String describe(List<String> tags) {
        return tags.isEmpty() ? "none" : String.join(", ", tags);
    }

    private static boolean isUnknown(ClassSelector selector) {
        try {
            selector.getJavaClass();
            return false;
        } catch (LinkageError e) {
            // It is there; what is wrong with it is JUnit's to report, as a failure.
            return false;
        } catch (JUnitException e) {
            return Optional.ofNullable(e.getCause())
                    .filter(ClassNotFoundException.class::isInstance)
                    .isPresent();
        }
    }
}
