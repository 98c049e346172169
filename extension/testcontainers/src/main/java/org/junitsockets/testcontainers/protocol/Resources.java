package org.junitsockets.testcontainers.protocol;

import java.util.regex.Pattern;

/** What an agent may ask the test for by name: class files, and what lies beside them. */
public final class Resources {

    /** The largest, in bytes. */
    public static final int MOST = 16 * 1024 * 1024;

    private static final int LONGEST_NAME = 1024;

    /** Names between slashes, none of which is empty, the directory itself or the one above. */
    private static final Pattern LEGAL =
            Pattern.compile("(?!.*(^|/)\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}:]+(/[^/\\\\\\p{Cntrl}:]+)*");

    private Resources() {}

    /** Whether it may be the name of one. */
    public static boolean isLegal(String name) {
        return name.length() <= LONGEST_NAME && LEGAL.matcher(name).matches();
    }

    /** Whether the class file of that name may be had from the test: those of the JDK are everywhere. */
    public static boolean isOfJdk(String name) {
        return name.startsWith("java/") || ClassLoader.getPlatformClassLoader().getResource(name) != null;
    }

    /** Under which name the file of a class is found. */
    public static String ofClass(String name) {
        return name.replace('.', '/') + ".class";
    }
}
