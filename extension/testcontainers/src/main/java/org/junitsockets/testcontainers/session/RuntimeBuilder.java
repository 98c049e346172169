package org.junitsockets.testcontainers.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junitsockets.testcontainers.engine.Engine;

/**
 * Makes an image out of nothing but the running JDK: what {@code jlink} makes of it, and the shared
 * libraries that this needs. There is no shell in it, and no registry is asked.
 *
 * <p>Its tag is derived from the JDK and the recipe, so that each engine gets it once.
 */
final class RuntimeBuilder {

    private static final String REPOSITORY = "junit-sockets-runtime";

    /** To be changed with anything that changes what is in the image. */
    private static final String RECIPE = "1";

    private static final String DOCKERFILE = """
            FROM scratch
            COPY image /
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    /** What handlers may need besides {@code java.se}; those that the JDK has. */
    private static final List<String> MODULES = List.of(
            "java.se",
            "jdk.charsets",
            "jdk.crypto.cryptoki",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.security.auth",
            "jdk.unsupported",
            "jdk.zipfs");

    /** They are of use to who has a screen, a printer or loudspeakers, and want many a library. */
    private static final Set<String> LEFT_OUT = Set.of(
            "libawt_xawt.so",
            "libfontmanager.so",
            "libfreetype.so",
            "libjawt.so",
            "libjavajpeg.so",
            "libjsound.so",
            "liblcms.so",
            "libsplashscreen.so");

    private final Engine engine;
    private final Path home = Path.of(System.getProperty("java.home"));

    RuntimeBuilder(Engine engine) {
        this.engine = engine;
    }

    /** Why it cannot be built, if so. */
    Optional<String> impossibleBecause() {
        String system = System.getProperty("os.name");
        String machine = machine(System.getProperty("os.arch"));
        String engines = machine(String.valueOf(engine.info().getArchitecture()));
        if (!system.equals("Linux")) {
            return Optional.of("the running JDK is one for " + system + " (expected: Linux)");
        }
        if (!engines.equals(machine)) {
            return Optional.of(
                    "the container engine is on " + engines + " (expected: " + machine + ", as the running JDK is)");
        }
        if (!Files.isExecutable(jlink())) {
            return Optional.of("the Java runtime at " + home + " has no bin/jlink (expected: a whole JDK)");
        }
        if (!Files.isDirectory(home.resolve("jmods")) && Runtime.version().feature() < 24) {
            return Optional.of("the JDK at " + home + " has no jmods (expected: what jlink links)");
        }
        return Optional.empty();
    }

    private static String machine(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "arm64", "aarch64" -> "aarch64";
            default -> name;
        };
    }

    /**
     * Builds the image, unless the engine has it.
     *
     * @throws IOException if something in it is not to be had
     */
    RuntimeImage build() throws IOException {
        RuntimeImage image = new RuntimeImage(REPOSITORY + ":" + tag(), "/java/bin/java");
        synchronized (RuntimeBuilder.class) { // another one waits, and finds what this one has built
            build(image);
        }
        return image;
    }

    private void build(RuntimeImage image) throws IOException {
        try {
            engine.client().inspectImageCmd(image.name()).exec();
            return;
        } catch (NotFoundException e) {
            // it is built now
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create("runtime")) {
            Path archive = directory.path().resolve("context.tar");
            archive(directory.path(), archive);
            try (InputStream in = Files.newInputStream(archive)) {
                engine.client()
                        .buildImageCmd(in)
                        .withTags(Set.of(image.name()))
                        .start()
                        .awaitImageId(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (RuntimeException e) {
                throw new IOException(
                        "the container engine does not take the image " + image.name() + ": " + Engine.reason(e), e);
            }
        }
    }

    private String tag() throws IOException {
        Path modules = home.resolve("lib").resolve("modules");
        String what = String.join(
                "\n",
                RECIPE,
                home.toString(),
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch"),
                Files.size(modules) + " " + Files.getLastModifiedTime(modules));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
            return Runtime.version().feature() + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** What the image is built from, as one archive. */
    private void archive(Path directory, Path archive) throws IOException {
        Path runtime = directory.resolve("java");
        Path output = directory.resolve("output");
        Program.run(link(runtime), output, PATIENCE);
        share(runtime, output);
        List<Path> files;
        try (Stream<Path> all = Files.walk(runtime)) {
            files = all.filter(file -> Files.isRegularFile(file) && isWanted(runtime.relativize(file)))
                    .sorted()
                    .toList();
        }
        List<Path> binaries = files.stream()
                .filter(file -> file.endsWith("bin/java") || file.toString().endsWith(".so"))
                .toList();
        try (Tar tar = new Tar(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16))) {
            tar.file("Dockerfile", READABLE, DOCKERFILE.getBytes(UTF_8));
            tar.directory("image/tmp", 01777);
            tar.file("image/etc/passwd", READABLE, "root:x:0:0:root:/:/\n".getBytes(UTF_8));
            tar.file("image/etc/nsswitch.conf", READABLE, "hosts: files dns\n".getBytes(UTF_8));
            for (Path library : SharedLibraries.of(binaries, output)) {
                if (!library.startsWith(runtime)) {
                    tar.file("image" + library, EXECUTABLE, library);
                }
            }
            for (Path file : files) {
                tar.file(
                        "image/java/" + runtime.relativize(file),
                        Files.isExecutable(file) ? EXECUTABLE : READABLE,
                        file);
            }
        }
    }

    private Path jlink() {
        return home.resolve("bin").resolve("jlink");
    }

    private List<String> link(Path runtime) {
        ModuleFinder has = ModuleFinder.ofSystem();
        List<String> modules =
                MODULES.stream().filter(name -> has.find(name).isPresent()).toList();
        // Neither compressed nor stripped: that takes longer than it saves, and stack traces have their lines.
        return List.of(
                jlink().toString(),
                "--add-modules",
                String.join(",", modules),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                runtime.toString());
    }

    /** Shares class data with each later start, which is a third faster with it, and goes well without. */
    private static void share(Path runtime, Path output) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(runtime.resolve("bin/java").toString(), "-Xshare:dump"));
        command.add("-XX:+UseSerialGC"); // as it is started
        Program.run(command, output, PATIENCE);
    }

    private static boolean isWanted(Path relative) {
        return !relative.startsWith("legal")
                && !LEFT_OUT.contains(relative.getFileName().toString());
    }
}
