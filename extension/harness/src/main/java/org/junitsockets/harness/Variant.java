package org.junitsockets.harness;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells one of several runs of the same suites from the others.
 *
 * @param location where the peers run, or {@code null} where none was asked for
 * @param transport what they are reached over, or {@code null} where none was asked for, or where the
 *     tests choose theirs themselves
 */
record Variant(@Nullable String location, @Nullable String transport) {

    static Variant of(SuiteResult suite) {
        return new Variant(suite.location(), suite.transport());
    }

    /** Returns what was asked for as it stands behind a name, such as {@code " [container, TCP]"}; nothing for nothing. */
    static String suffix(@Nullable String location, @Nullable String transport) {
        String asked = Stream.of(location, transport).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return asked.isEmpty() ? "" : " [" + asked + "]";
    }

    String locationLabel() {
        return Objects.requireNonNullElse(location, "");
    }

    String transportLabel() {
        return Objects.requireNonNullElse(transport, OwnTransports.NAME);
    }
}
