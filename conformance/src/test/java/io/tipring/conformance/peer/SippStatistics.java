package io.tipring.conformance.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/// SIPp's `-trace_stat` file: a row each second, counters of that second `(P)` and since the start
/// `(C)`.
public final class SippStatistics {
  /// A generator that makes fewer than this share of its calls in a second is late in that second.
  private static final double ON_TIME = 0.9;

  private final List<Map<String, String>> rows;

  private SippStatistics(List<Map<String, String>> rows) {
    this.rows = rows;
  }

  static SippStatistics read(Path file) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      String[] names = lines.getFirst().split(";");
      for (String line : lines.subList(1, lines.size())) {
        String[] values = line.split(";");
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
          row.put(names[i], values[i]);
        }
        rows.add(row);
      }
    }
    return new SippStatistics(List.copyOf(rows));
  }

  /// A counter at the end, 0 when SIPp wrote none.
  public double total(String name) {
    return rows.isEmpty() ? 0 : number(rows.getLast(), name).orElse(0);
  }

  /// How many rows have a value of this counter that `counts`.
  public long seconds(String name, DoublePredicate counts) {
    return rows.stream()
        .map(row -> number(row, name))
        .filter(value -> value.isPresent() && counts.test(value.getAsDouble()))
        .count();
  }

  /// Seconds from the first to the last row in which calls were begun.
  public double secondsOfCalls(String created) {
    double first = Double.NaN;
    double last = Double.NaN;
    for (Map<String, String> row : rows) {
      if (number(row, created).orElse(0) > 0) {
        double at = second(row);
        first = Double.isNaN(first) ? at : first;
        last = at;
      }
    }
    return Double.isNaN(first) ? 0 : last - first;
  }

  /// Whether SIPp could not make its calls when it should have.
  ///
  /// @param rate of calls a second
  /// @param seconds for which they were to be made
  public boolean isLate(int rate, int seconds) {
    // The first and the last second are cut off.
    return lateSeconds(rate) > 2
        || secondsOfCalls("OutgoingCall(P)") > seconds * 1.05 + 1
        || total("WatchdogMinor(C)") + total("WatchdogMajor(C)") > 0;
  }

  /// Seconds in which fewer calls were made than the rate says.
  public long lateSeconds(int rate) {
    return seconds("OutgoingCall(P)", calls -> calls > 0 && calls < rate * ON_TIME);
  }

  private static double second(Map<String, String> row) {
    String[] fields = row.getOrDefault("CurrentTime", "0").split("\t");
    return Double.parseDouble(fields[fields.length - 1]);
  }

  private static OptionalDouble number(Map<String, String> row, String name) {
    String text = row.get(name);
    return text != null && text.matches("-?[0-9.]+")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
