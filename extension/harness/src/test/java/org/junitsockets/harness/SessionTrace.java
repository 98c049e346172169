package org.junitsockets.harness;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** What happens in the launcher sessions of whoever has registered it: one test only. */
public final class SessionTrace implements LauncherSessionListener {

    static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        EVENTS.add("opened");
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionFinished(TestPlan plan) {
                EVENTS.add("run");
            }
        });
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        EVENTS.add("closed");
    }
}
