package io.tipring.edge.sip.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Datagrams that the kernel threw away since a socket's buffer was full, as Linux tells in
/// `/proc/net/udp`. The one loss that we cannot see otherwise.
final class KernelDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private KernelDrops() {}

  /// Of all sockets bound to that port; empty where the system does not tell.
  static OptionalLong of(int port) {
    long sum = 0;
    boolean told = false;
    for (Path table : TABLES) {
      try {
        sum += sum(Files.readAllLines(table), port);
        told = true;
      } catch (IOException _) {
        // No Linux, or no IPv6.
      }
    }
    return told ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  /// The second field is `address:port` in hexadecimal, the last one the drops.
  static long sum(List<String> lines, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    long sum = 0;
    for (String line : lines) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length > 3 && fields[1].endsWith(suffix)) {
        sum += Long.parseLong(fields[fields.length - 1]);
      }
    }
    return sum;
  }
}
