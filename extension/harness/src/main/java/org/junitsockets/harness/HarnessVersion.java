package org.junitsockets.harness;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar this was loaded from: its module's on the module path, else its manifest's. */
final class HarnessVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .or(() -> Optional.ofNullable(Main.class.getPackage().getImplementationVersion()))
                .orElse("(version unknown: not run from its jar)");
        return new String[] {"junit-sockets-harness " + version};
    }
}
