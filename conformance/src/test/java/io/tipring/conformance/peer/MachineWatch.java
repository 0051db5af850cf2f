package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Watches the exchange and the machine while a load runs: the worst of the gauges, and how much of
/// the machine went to programs that are none of ours. Under those a load measures them, not us.
public final class MachineWatch implements AutoCloseable {
  /// Clock ticks of /proc/stat, which Linux fixes for user space.
  private static final double TICKS_PER_SECOND = 100;

  private static final Path STAT = Path.of("/proc/stat");

  private final Tipring tipring;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Map<Long, Duration> before = new LinkedHashMap<>();
  private final Map<Long, Duration> ours = new LinkedHashMap<>();
  private final double busyBefore = busySeconds();
  private final long since = System.nanoTime();
  private double lagSeconds;
  private double calls;
  private final AtomicInteger unanswered = new AtomicInteger();

  public MachineWatch(Tipring tipring) {
    this.tipring = tipring;
    lookAtProcesses(before);
    ScheduledFuture<?> _ = clock.scheduleAtFixedRate(this::look, 0, 250, TimeUnit.MILLISECONDS);
  }

  private void look() {
    lookAtOurs();
    try {
      lookAt(tipring.meters());
    } catch (UncheckedIOException _) {
      unanswered.incrementAndGet();
    }
  }

  private synchronized void lookAtOurs() {
    lookAtProcesses(ours);
  }

  private synchronized void lookAt(Map<String, Double> meters) {
    lagSeconds = Math.max(lagSeconds, meters.getOrDefault("tipring_lane_lag_seconds", 0.0));
    calls = Math.max(calls, meters.getOrDefault("tipring_calls", 0.0));
  }

  private static void lookAtProcesses(Map<Long, Duration> used) {
    ProcessHandle self = ProcessHandle.current();
    self.info().totalCpuDuration().ifPresent(cpu -> used.put(self.pid(), cpu));
    self.descendants()
        .forEach(
            child -> child.info().totalCpuDuration().ifPresent(cpu -> used.put(child.pid(), cpu)));
  }

  /// The share of the whole machine that went to others, 0.0 to 1.0; 0 where that cannot be known.
  public synchronized double othersShare() {
    lookAtProcesses(ours);
    double used = 0;
    for (Map.Entry<Long, Duration> process : ours.entrySet()) {
      used +=
          process.getValue().minus(before.getOrDefault(process.getKey(), Duration.ZERO)).toNanos()
              / 1e9;
    }
    double elapsed = (System.nanoTime() - since) / 1e9 * Runtime.getRuntime().availableProcessors();
    return busyBefore == 0 ? 0 : Math.clamp((busySeconds() - busyBefore - used) / elapsed, 0, 1);
  }

  /// One line of figures.
  public synchronized String worst() {
    return "worst lane lag seen %.1f ms, most calls at a time %.0f, meters that did not come %d, "
            .formatted(lagSeconds * 1000, calls, unanswered.get())
        + "other programs took %.0f %% of the machine".formatted(othersShare() * 100);
  }

  /// Everything but idling and waiting for disks, stolen time included; 0 where there is no /proc.
  private static double busySeconds() {
    if (!Files.isReadable(STAT)) {
      return 0;
    }
    try {
      // cpu user nice system idle iowait irq softirq steal
      String[] fields = Files.readAllLines(STAT).getFirst().trim().split("\\s+");
      double ticks = 0;
      for (int i = 1; i < Math.min(fields.length, 9); i++) {
        ticks += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException _) {
      return 0;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
