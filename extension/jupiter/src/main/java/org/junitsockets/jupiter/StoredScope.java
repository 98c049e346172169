package org.junitsockets.jupiter;

import java.io.Closeable;
import java.lang.reflect.Field;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junitsockets.UnsupportedTransportException;
import org.junitsockets.spec.ServerSpec;
import org.junitsockets.spec.Settings;
import org.junitsockets.verdict.OnTheWire;
import org.junitsockets.verdict.Outcome;
import org.junitsockets.verdict.Scope;
import org.opentest4j.TestAbortedException;

/**
 * The scope of one test or class, in the Store of its context; closing it gives the verdict.
 *
 * <p>Its key is the context's own id, since a look-up walks to the parents.
 */
@SuppressWarnings("deprecation") // closes an AutoCloseable only from 5.13 on, and not if that is switched off
final class StoredScope implements Store.CloseableResource, AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(SocketExtension.class);

    /**
     * A server that is open.
     *
     * @param server ours, or one of the JDK's
     */
    record Opened(ServerSpec spec, SocketAddress address, Object server) {}

    private final ExtensionContext context;
    private final Scope scope;
    private final List<StoredScope> withThoseAround;
    private final Map<Declared, Opened> opened = new HashMap<>();
    private @Nullable TestAbortedException unsupported;
    private final Set<Outcome> ofDynamicTests = EnumSet.noneOf(Outcome.class);
    private boolean hasRawChannels;
    private boolean closed;

    private StoredScope(ExtensionContext context, Settings settings, List<StoredScope> around) {
        this.context = context;
        boolean isTest = context.getTestMethod().isPresent();
        this.scope = new Scope(
                settings, isTest ? around.stream().map(StoredScope::scope).toList() : List.of(), this::outcome);
        this.withThoseAround = Stream.concat(Stream.of(this), around.stream()).toList();
    }

    static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** The scope of exactly this context, begun if need be. */
    static StoredScope of(ExtensionContext context) {
        Optional<StoredScope> present = find(context);
        if (present.isPresent()) {
            return present.get();
        }
        Settings settings = settings(context);
        List<StoredScope> around = around(context).toList();
        return store(context)
                .getOrComputeIfAbsent(
                        context.getUniqueId(), id -> new StoredScope(context, settings, around), StoredScope.class);
    }

    static Optional<StoredScope> find(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(context.getUniqueId(), StoredScope.class));
    }

    /** Those that exist in the contexts around this one, nearest first. */
    static Stream<StoredScope> around(ExtensionContext context) {
        return Stream.iterate(
                        context.getParent(),
                        Optional::isPresent,
                        parent -> parent.get().getParent())
                .flatMap(parent -> find(parent.get()).stream());
    }

    /** The context's own, if it has one, and those around it. */
    static Stream<StoredScope> all(ExtensionContext context) {
        return find(context).map(own -> own.withThoseAround.stream()).orElseGet(() -> around(context));
    }

    List<StoredScope> withThoseAround() {
        return withThoseAround;
    }

    static Settings settings(ExtensionContext context) {
        return parameters(context).settings();
    }

    /** What may not be skipped. */
    static Required required(ExtensionContext context) {
        return parameters(context).required();
    }

    private static Parameters parameters(ExtensionContext context) {
        return store(context.getRoot())
                .getOrComputeIfAbsent(
                        Parameters.class,
                        key -> new Parameters(
                                Settings.from(name ->
                                        context.getConfigurationParameter(name).orElse(null)),
                                Required.parse(context.getConfigurationParameter(Required.PARAMETER)
                                        .orElse(null))),
                        Parameters.class);
    }

    /** All configuration parameters, so that a mistake in any of them is an error of each test. */
    private record Parameters(Settings settings, Required required) {}

    Scope scope() {
        return scope;
    }

    synchronized Optional<Opened> find(Declared declared) {
        return Optional.ofNullable(opened.get(declared));
    }

    synchronized Opened open(Declared declared, Supplier<Opened> open) {
        Opened present = opened.get(declared);
        if (present == null) {
            present = open.get();
            opened.put(declared, present);
        }
        return present;
    }

    /** Remembers that something cannot be had here, for the next callback that may skip. */
    synchronized void unsupported(TestAbortedException skip) {
        unsupported = skip;
    }

    synchronized Optional<TestAbortedException> unsupported() {
        return Optional.ofNullable(unsupported);
    }

    /** Notes what has no timeout of its own, and so needs the watch. */
    synchronized void watch(Object injected) {
        hasRawChannels |= injected instanceof Channel && injected instanceof Closeable;
    }

    synchronized boolean hasRawChannels() {
        return hasRawChannels;
    }

    /**
     * Claims a static field for this scope. Test classes that inherit the same field share it, so
     * that one which runs at the same time would take it away from the other.
     */
    void claim(Field field) {
        Owners owners = store(context.getRoot()).getOrComputeIfAbsent(Owners.class, key -> new Owners(), Owners.class);
        @Nullable StoredScope other = owners.scopes().putIfAbsent(field, this);
        if (other != null && other != this && !other.release(field, this, owners)) {
            throw new ExtensionConfigurationException(Words.describe(field) + ": found it in use by "
                    + Words.describe(other.context.getRequiredTestClass())
                    + ", which runs at the same time"
                    + (other.isOf(context.getRequiredTestClass()) ? " once more" : " and inherits it too")
                    + " (expected: classes that run one after the other, or a field of each)");
        }
    }

    private boolean isOf(Class<?> testClass) {
        return context.getRequiredTestClass() == testClass;
    }

    private synchronized boolean release(Field field, StoredScope next, Owners owners) {
        return closed && owners.scopes().replace(field, this, next);
    }

    /** Whose static fields are whose at the moment. */
    private record Owners(ConcurrentMap<Field, StoredScope> scopes) {
        Owners() {
            this(new ConcurrentHashMap<>());
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            scope.close(outcome());
        } catch (UnsupportedTransportException unsupported) {
            throw new AssertionError(unsupported.getMessage(), unsupported); // it is too late for a skip
        } catch (OnTheWire evidence) {
            if (context.getExecutionException().isPresent()) {
                throw evidence; // to be suppressed under that
            }
            context.publishReportEntry(Transcripts.NAME, String.valueOf(evidence.getMessage())); // of a dynamic test
        } finally {
            scope.remarks().forEach(remark -> context.publishReportEntry(Transcripts.NAME, remark));
            Transcripts.publish(scope, context);
        }
    }

    private Outcome outcome() {
        if (unsupported().isPresent()) {
            return Outcome.ABORTED;
        }
        return context.getExecutionException().map(StoredScope::outcome).orElseGet(this::outcomeOfDynamicTests);
    }

    private static Outcome outcome(Throwable thrown) {
        return isAbort(thrown) ? Outcome.ABORTED : Outcome.FAILED;
    }

    /** A factory has passed whatever came of its tests; one that failed, or the abort of all, is its own. */
    private synchronized Outcome outcomeOfDynamicTests() {
        if (ofDynamicTests.contains(Outcome.FAILED)) {
            return Outcome.FAILED;
        }
        return ofDynamicTests.equals(EnumSet.of(Outcome.ABORTED)) ? Outcome.ABORTED : Outcome.PASSED;
    }

    /** Tells the factory of a dynamic test what came of it. */
    static void tellFactory(ExtensionContext dynamicTest, Optional<Throwable> thrown) {
        around(dynamicTest)
                .filter(scope -> scope.context.getTestMethod().isPresent())
                .forEach(factory -> factory.add(thrown.map(StoredScope::outcome).orElse(Outcome.PASSED)));
    }

    private synchronized void add(Outcome ofDynamicTest) {
        ofDynamicTests.add(ofDynamicTest);
    }

    /** JUnit 4's assumptions abort a Jupiter test too, and its classes may not be there. */
    private static boolean isAbort(Throwable thrown) {
        for (@Nullable Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("org.opentest4j.TestAbortedException")
                    || type.getName().equals("org.junit.internal.AssumptionViolatedException")) {
                return true;
            }
        }
        return false;
    }
}
