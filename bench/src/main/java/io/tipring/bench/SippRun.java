package io.tipring.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One run of SIPp as the calling side, and what came of it.
///
/// @param asked calls a second it was to begin
/// @param reached calls a second it did begin, over the seconds in which it did
/// @param succeeded calls of which every message came as it should
/// @param failed calls that did not
/// @param retransmissions messages that SIPp had to send again
record SippRun(double asked, double reached, long succeeded, long failed, long retransmissions) {
  /// Fewer calls than this share of what was asked for, and the generator was late.
  private static final double HEALTHY = 0.97;

  /// @param talk from the ACK to the BYE
  static SippRun call(Path folder, int port, int callsPerSecond, int seconds, Duration talk)
      throws IOException, InterruptedException {
    Path scenario = folder.resolve("call.xml");
    try (InputStream resource = SippRun.class.getResourceAsStream("call.xml")) {
      Files.write(scenario, resource == null ? new byte[0] : resource.readAllBytes());
    }
    Path statistics = Files.createTempFile(folder, "statistics", ".csv");
    List<String> command =
        List.of(
            "sipp",
            "127.0.0.1:" + port,
            "-sf",
            scenario.toString(),
            "-i",
            "127.0.0.1",
            "-s",
            "echo",
            "-r",
            Integer.toString(callsPerSecond),
            "-m",
            Integer.toString(callsPerSecond * seconds),
            "-nostdin",
            "-trace_stat",
            "-stf",
            statistics.toString(),
            "-fd",
            "1",
            "-l",
            "20000",
            "-d",
            Long.toString(talk.toMillis()),
            "-recv_timeout",
            "20000");
    try (Child sipp = Child.start(folder, command)) {
      int status = sipp.await(Duration.ofSeconds(seconds + 90));
      if (Files.size(statistics) == 0) {
        throw new IOException("sipp ended with " + status + ": " + sipp.output().strip());
      }
    }
    return read(statistics, callsPerSecond);
  }

  private static SippRun read(Path statistics, int asked) throws IOException {
    List<String> lines = Files.readAllLines(statistics);
    String[] names = lines.getFirst().split(";");
    double firstSecond = -1;
    double lastSecond = 0;
    double created = 0;
    Map<String, String> row = Map.of();
    for (String line : lines.subList(1, lines.size())) {
      row = row(names, line.split(";"));
      double second = seconds(row.getOrDefault("CurrentTime", ""));
      firstSecond = firstSecond < 0 ? seconds(row.getOrDefault("StartTime", "")) : firstSecond;
      if (number(row, "OutgoingCall(C)") > created) {
        created = number(row, "OutgoingCall(C)");
        lastSecond = second;
      }
    }
    return new SippRun(
        asked,
        created / Math.max(1, lastSecond - firstSecond),
        (long) number(row, "SuccessfulCall(C)"),
        (long) number(row, "FailedCall(C)"),
        (long) number(row, "Retransmissions(C)"));
  }

  private static Map<String, String> row(String[] names, String[] values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(names.length, values.length); i++) {
      row.put(names[i], values[i]);
    }
    return row;
  }

  /// A time is three fields with tabs between them, the last being seconds since 1970.
  private static double seconds(String time) {
    return Double.parseDouble(time.substring(time.lastIndexOf('\t') + 1));
  }

  private static double number(Map<String, String> row, String name) {
    String text = row.getOrDefault(name, "");
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  boolean healthy() {
    return reached >= asked * HEALTHY;
  }
}
