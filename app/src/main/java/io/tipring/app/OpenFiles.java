package io.tipring.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tipring.app.config.Config;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// Whether the system lets the process open what its calls need: every socket is a file to it.
final class OpenFiles {
  /// Jars, the log, selectors, listening sockets, and some connections by TCP and HTTP.
  private static final int OTHERS = 400;

  /// One for RTP, one for RTCP.
  private static final int SOCKETS_OF_A_CALL = 2;

  private OpenFiles() {}

  /// Files that as many calls as `limits.calls` allows have open, or as many as there are ports
  /// for, with the ports that are kept ready for the next ones.
  static int needed(Config config) {
    Config.Rtp rtp = config.rtp();
    int pairs = (rtp.lastPort() - rtp.firstPort() + 1) / 2;
    int ready = 2 * rtp.ready(); // of each family
    return SOCKETS_OF_A_CALL * Math.min(config.limits().calls() + ready, pairs) + OTHERS;
  }

  /// What to tell the operator; empty when all is well, or on a system that does not say.
  static Optional<String> warning(Config config) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? warning(config, unix.getMaxFileDescriptorCount())
        : Optional.empty();
  }

  /// @param most files that the system allows
  static Optional<String> warning(Config config, long most) {
    int needed = needed(config);
    return most >= needed
        ? Optional.empty()
        : Optional.of(
            "limits.calls = "
                + config.limits().calls()
                + " needs some "
                + needed
                + " open files, the system allows "
                + most
                + ": calls beyond that will get 503. Allow more (ulimit -n "
                + needed
                + ", LimitNOFILE in a unit of systemd, --ulimit nofile for a container), or fewer"
                + " calls");
  }
}
