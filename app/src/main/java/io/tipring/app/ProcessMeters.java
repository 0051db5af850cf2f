package io.tipring.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// What the JVM and the system say of the process, as meters.
final class ProcessMeters {
  private ProcessMeters() {}

  static void add(Meters meters) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    for (GarbageCollectorMXBean gc : collectors) {
      meters.counter(
          "tipring_gc_runs_total" + label(gc),
          "Garbage collections, and apart from them their pauses.",
          gc::getCollectionCount);
    }
    for (GarbageCollectorMXBean gc : collectors) {
      meters.counter(
          "tipring_gc_seconds_total" + label(gc),
          "Time in them.",
          () -> gc.getCollectionTime() / 1e3);
    }
    Runtime runtime = Runtime.getRuntime();
    meters.gauge(
        "tipring_heap_used_bytes",
        "Heap in use.",
        () -> runtime.totalMemory() - runtime.freeMemory());
    meters.gauge("tipring_heap_max_bytes", "Heap at most.", runtime::maxMemory);
    meters.gauge(
        "tipring_threads",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      meters.counter(
          "tipring_cpu_seconds_total", "CPU time used.", () -> unix.getProcessCpuTime() / 1e9);
      meters.gauge(
          "tipring_open_files", "Open files and sockets.", unix::getOpenFileDescriptorCount);
      meters.gauge(
          "tipring_max_files",
          "Files and sockets that may be open.",
          unix::getMaxFileDescriptorCount);
    }
  }

  private static String label(GarbageCollectorMXBean gc) {
    return "{gc=\"" + gc.getName().toLowerCase(Locale.ROOT).replace(' ', '_') + "\"}";
  }
}
