package io.tipring.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Everything that is counted, by name. Parts keep their own counters; here they are only read,
/// when somebody asks. Labels are fixed words, never ids or numbers: each new one would be a series
/// that is kept for ever, and says who called.
final class Meters {
  /// Prometheus text exposition.
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private enum Kind {
    COUNTER,
    GAUGE
  }

  private record Meter(String name, String help, Kind kind, DoubleSupplier value) {}

  private record Group(String name, String help, Supplier<Map<String, Long>> values) {}

  private final List<Meter> meters = new CopyOnWriteArrayList<>();
  private final List<Group> groups = new CopyOnWriteArrayList<>();

  /// Only grows. The name ends in `_total`.
  void counter(String name, String help, DoubleSupplier value) {
    meters.add(new Meter(name, help, Kind.COUNTER, value));
  }

  /// Counters of one kind, told apart by label `what`: the constants of an enum.
  void counters(String name, String help, Supplier<Map<String, Long>> values) {
    groups.add(new Group(name + "_total", help, values));
  }

  /// Goes up and down.
  void gauge(String name, String help, DoubleSupplier value) {
    meters.add(new Meter(name, help, Kind.GAUGE, value));
  }

  /// All of them. Any thread.
  String print() {
    StringBuilder out = new StringBuilder();
    String before = "";
    for (Meter meter : meters) {
      String family = family(meter.name);
      if (!family.equals(before)) {
        String kind =
            switch (meter.kind) {
              case COUNTER -> "counter";
              case GAUGE -> "gauge";
            };
        out.append("# HELP ").append(family).append(' ').append(meter.help).append('\n');
        out.append("# TYPE ").append(family).append(' ').append(kind).append('\n');
        before = family;
      }
      out.append(meter.name).append(' ').append(number(meter.value.getAsDouble())).append('\n');
    }
    for (Group group : groups) {
      out.append("# HELP ").append(group.name).append(' ').append(group.help).append('\n');
      out.append("# TYPE ").append(group.name).append(" counter\n");
      group
          .values
          .get()
          .forEach((what, count) ->
              out.append(group.name)
                  .append("{what=\"")
                  .append(what)
                  .append("\"} ")
                  .append(count)
                  .append('\n'));
    }
    return out.toString();
  }

  /// The name without its labels.
  private static String family(String name) {
    int labels = name.indexOf('{');
    return labels < 0 ? name : name.substring(0, labels);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
