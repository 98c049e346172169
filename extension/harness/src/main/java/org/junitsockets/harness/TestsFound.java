package org.junitsockets.harness;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.PackageSelector;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Lets every test through and remembers its classes, so that a selection without tests is noticed.
 * It sees the tests before their tags are looked at: that a class has none with the tag is no
 * mistake, that it has none at all is.
 */
final class TestsFound implements PostDiscoveryFilter {

    private final Set<String> classes = new HashSet<>();
    private boolean someWithoutClass;

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        if (descriptor.isTest() || descriptor.mayRegisterTests()) {
            note(descriptor);
        }
        return FilterResult.included("noted");
    }

    boolean in(DiscoverySelector selector) {
        if (selector instanceof ClassSelector selected) {
            return someWithoutClass || classes.contains(selected.getClassName());
        }
        if (selector instanceof PackageSelector selected) {
            String prefix = selected.getPackageName() + ".";
            return someWithoutClass || classes.stream().anyMatch(name -> name.startsWith(prefix));
        }
        throw new IllegalArgumentException("selector: found " + selector + " (expected: a class or a package)");
    }

    private void note(TestDescriptor test) {
        boolean hasClass = false;
        for (Optional<TestDescriptor> it = Optional.of(test);
                it.isPresent();
                it = it.get().getParent()) {
            Optional<String> className = it.get().getSource().flatMap(TestsFound::className);
            hasClass |= className.isPresent();
            className.ifPresent(classes::add);
        }
        // An engine that finds tests in other things than classes is given the benefit of the doubt.
        someWithoutClass |= !hasClass;
    }

    private static Optional<String> className(TestSource source) {
        if (source instanceof ClassSource ofClass) {
            return Optional.of(ofClass.getClassName());
        }
        return source instanceof MethodSource ofMethod ? Optional.of(ofMethod.getClassName()) : Optional.empty();
    }
}
