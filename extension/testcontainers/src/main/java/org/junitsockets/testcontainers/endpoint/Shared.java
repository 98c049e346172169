package org.junitsockets.testcontainers.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * A container that several scopes use, one after the other or at the same time. It is in a Store, which
 * closes it.
 */
@SuppressWarnings("deprecation") // closes an AutoCloseable only from 5.13 on, and not if that is switched off
final class Shared implements Store.CloseableResource, AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(Shared.class);

    /** A look-up in a Store walks to the parents, so that the key has the context's own id. */
    private record Key(String scope, Recipe recipe) {}

    /**
     * Who uses it at the moment.
     *
     * @param scopes of its context and those around
     */
    private record Holder(Set<String> scopes, boolean alone, String declaration) {

        String scope() {
            return scopes.iterator().next();
        }
    }

    private final List<Holder> holders = new ArrayList<>();
    private @Nullable RemoteContainer container;
    private @Nullable RuntimeException failure;
    private boolean closed;

    /** That of the launcher's session. */
    static Shared ofSession(ExtensionContext context, Recipe recipe) {
        Store store;
        try {
            store = LauncherSession.store(context);
        } catch (LinkageError e) {
            store = context.getRoot().getStore(NAMESPACE); // before 5.13
        }
        return in(store, new Key("", recipe));
    }

    /** That of the class that the element is declared in, as it is run here; the outermost if several are. */
    static Shared ofClass(ExtensionContext context, Class<?> declaring, Recipe recipe) {
        ExtensionContext found = context.getRoot();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            boolean isClass = at.get().getTestMethod().isEmpty();
            if (isClass
                    && at.get()
                            .getTestClass()
                            .filter(declaring::isAssignableFrom)
                            .isPresent()) {
                found = at.get();
            }
        }
        return in(found.getStore(NAMESPACE), new Key(found.getUniqueId(), recipe));
    }

    private static Shared in(Store store, Key key) {
        return store.getOrComputeIfAbsent(key, any -> new Shared(), Shared.class);
    }

    /** Loaded where there is such a thing. */
    private static final class LauncherSession {
        static Store store(ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        }
    }

    /** The container, started by who comes first; where that failed, all others are told so too. */
    synchronized RemoteContainer get(Supplier<RemoteContainer> start) {
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        if (closed) {
            throw new IllegalStateException("the scope of the container has ended");
        }
        @Nullable RemoteContainer present = container;
        if (present == null) {
            try {
                present = start.get();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
            container = present;
        }
        return present;
    }

    /**
     * Joins those who use it.
     *
     * @param alone whether nobody else may, outside of the scopes around
     * @return what leaves them again
     */
    Runnable join(ExtensionContext context, boolean alone, Duration patience, String patienceText, String declaration) {
        Holder holder = new Holder(scopes(context), alone, declaration);
        synchronized (holders) {
            holders.stream()
                    .filter(other -> alone
                            && !other.alone()
                            && !other.scope().equals(holder.scope())
                            && holder.scopes().contains(other.scope()))
                    .findFirst()
                    .ifPresent(around -> {
                        throw new ExtensionConfigurationException(declaration
                                + ": found exclusive = true in a scope within that of " + around.declaration()
                                + ", which shares it with others (expected: exclusive = true there too)");
                    });
            long until = System.nanoTime() + patience.toNanos();
            while (holders.stream().anyMatch(other -> inTheWay(other, holder))) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(declaration + ": not had "
                            + (alone ? "alone " : "") + "within " + patienceText + ", as it is in use by "
                            + holders.stream()
                                    .filter(other -> inTheWay(other, holder))
                                    .map(Holder::declaration)
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + " (expected: a longer startDeadline, or one that is not exclusive)");
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(holders, left);
                } catch (InterruptedException e) {
                    throw Images.interrupted(declaration, e);
                }
            }
            holders.add(holder);
        }
        return () -> {
            synchronized (holders) {
                holders.remove(holder);
                holders.notifyAll();
            }
        };
    }

    /** A scope and those in it are one user. */
    private static boolean inTheWay(Holder other, Holder holder) {
        return (other.alone() || holder.alone())
                && !holder.scopes().contains(other.scope())
                && !other.scopes().contains(holder.scope());
    }

    private static Set<String> scopes(ExtensionContext context) {
        Set<String> scopes = new LinkedHashSet<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            scopes.add(at.get().getUniqueId());
        }
        return scopes;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (container != null) {
            container.close();
            container = null;
        }
    }
}
