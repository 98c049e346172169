package org.junitsockets.testcontainers.session;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Tells when tests are over. Found by {@link java.util.ServiceLoader} where there is a launcher. */
public final class SessionListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Sessions.OF_JVM.opened();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Sessions.OF_JVM.closed();
    }
}
