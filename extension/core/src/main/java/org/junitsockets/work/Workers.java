package org.junitsockets.work;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The pool that runs scripts, handlers and whatever must not hold up a test.
 *
 * <p>Its threads are daemons, are named {@code junit-sockets-N}, go away after ten idle seconds and
 * carry nothing from one task to the next: neither an interrupt nor a class loader.
 */
public final class Workers {

    /** How the name of each of its threads begins; leak checks go by it. */
    public static final String THREAD_NAME_PREFIX = "junit-sockets-";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new Threads());

    private Workers() {}

    /** Runs the task on a thread of the pool, under the caller's context class loader. */
    public static void run(Runnable task) {
        POOL.execute(new Task(task, Thread.currentThread().getContextClassLoader()));
    }

    private record Task(Runnable work, @Nullable ClassLoader loader) implements Runnable {
        @Override
        public void run() {
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(loader);
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(null);
                Thread.interrupted(); // an interrupt was for the task, not for the next one
            }
        }
    }

    /** A view of the pool for JDK classes that shut down the executor they are given. */
    public static ExecutorService view() {
        return new AbstractExecutorService() {
            private volatile boolean shutdown;

            @Override
            public void execute(Runnable task) {
                if (shutdown) {
                    throw new RejectedExecutionException("this view of the pool was shut down");
                }
                run(task);
            }

            @Override
            public void shutdown() {
                shutdown = true;
            }

            @Override
            public List<Runnable> shutdownNow() {
                shutdown = true;
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return shutdown;
            }

            @Override
            public boolean isTerminated() {
                return shutdown;
            }

            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) {
                return shutdown;
            }
        };
    }

    /** How many tasks are running or about to, for leak checks. */
    public static int running() {
        return POOL.getActiveCount();
    }

    private static final class Threads implements ThreadFactory {
        @Override
        public Thread newThread(Runnable loop) {
            Thread thread = new Thread(null, loop, THREAD_NAME_PREFIX + COUNT.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        }
    }
}
