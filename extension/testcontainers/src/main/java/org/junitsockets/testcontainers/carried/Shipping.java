package org.junitsockets.testcontainers.carried;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junitsockets.ConnectionHandler;
import org.junitsockets.Transport;
import org.junitsockets.testcontainers.protocol.Frame;
import org.junitsockets.testcontainers.protocol.Kind;
import org.junitsockets.testcontainers.protocol.ProtocolException;
import org.junitsockets.testcontainers.protocol.Resources;
import org.junitsockets.testcontainers.protocol.Run;
import org.junitsockets.work.Workers;

/** Which handlers can run at an agent, and what it is given of their classes. Thread-safe. */
final class Shipping {

    private final AgentClient client;
    private final AtomicInteger handlers = new AtomicInteger();

    /** By the number that the agent knows each by. What nobody uses any more is not kept for it. */
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    Shipping(AgentClient client) {
        this.client = client;
    }

    /** One for the connections of one server; empty where it has to run here. */
    Optional<ConnectionHandler> handler(Class<? extends ConnectionHandler> type, Transport transport) {
        return Run.carries(transport) && canBeShipped(type)
                ? Optional.of(new ShippedHandler(client, loader(type), handlers.incrementAndGet(), type.getName()))
                : Optional.empty();
    }

    private static boolean canBeShipped(Class<?> type) {
        boolean named = !type.isHidden() && !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass();
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return named && !inner && !Modifier.isAbstract(type.getModifiers()) && hasConstructor(type) && hasFile(type);
    }

    private static boolean hasConstructor(Class<?> type) {
        for (var constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    /** Which a class that was made at run time has not. */
    private static boolean hasFile(Class<?> type) {
        try (@Nullable InputStream file = type.getResourceAsStream("/" + Resources.ofClass(type.getName()))) {
            return file != null;
        } catch (IOException e) {
            return false;
        }
    }

    private int loader(Class<?> type) {
        @Nullable ClassLoader its = type.getClassLoader();
        ClassLoader loader = its == null ? ClassLoader.getSystemClassLoader() : its;
        synchronized (loaders) {
            for (int i = 0; i < loaders.size(); i++) {
                if (loaders.get(i).refersTo(loader)) {
                    return i;
                }
            }
            loaders.add(new WeakReference<>(loader));
            return loaders.size() - 1;
        }
    }

    /** Answers, on another thread, what the agent wants. */
    void wanted(Frame frame) throws ProtocolException {
        int request = frame.id();
        int number = frame.getInt();
        String name = frame.getText();
        frame.requireEnd();
        @Nullable ClassLoader loader = loader(number, frame);
        if (!Resources.isLegal(name)) {
            throw ProtocolException.found("the name in " + frame, name, "that of a class file or a resource");
        }
        Workers.run(() -> answer(request, loader, name));
    }

    private @Nullable ClassLoader loader(int number, Frame frame) throws ProtocolException {
        synchronized (loaders) {
            if (number < 0 || number >= loaders.size()) {
                throw ProtocolException.found("the class loader in " + frame, number, "less than " + loaders.size());
            }
            return loaders.get(number).get();
        }
    }

    private void answer(int request, @Nullable ClassLoader loader, String name) {
        byte @Nullable [] content = loader == null || Resources.isOfJdk(name) ? null : read(loader, name);
        try {
            if (content == null) {
                client.send(Frame.of(Kind.RESOURCE, request).put(false).put(true));
                return;
            }
            int from = 0;
            do {
                int length = Math.min(Frame.MAX_DATA, content.length - from);
                boolean last = from + length == content.length;
                client.send(Frame.of(Kind.RESOURCE, request, length)
                        .put(true)
                        .put(last)
                        .put(java.nio.ByteBuffer.wrap(content, from, length)));
                from += length;
            } while (from < content.length);
        } catch (IOException e) {
            // the agent is gone
        }
    }

    private static byte @Nullable [] read(ClassLoader loader, String name) {
        try (@Nullable InputStream in = loader.getResourceAsStream(name)) {
            byte @Nullable [] content = in == null ? null : in.readNBytes(Resources.MOST + 1);
            return content == null || content.length > Resources.MOST ? null : content;
        } catch (IOException e) {
            return null;
        }
    }
}
