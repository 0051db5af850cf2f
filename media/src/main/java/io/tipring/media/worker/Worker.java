package io.tipring.media.worker;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import java.util.function.Consumer;

/// Ticks the pipelines of its legs. A pure object: everything happens inside [#tell], [#attach] and [#tick], which one
/// thread calls; events come out of the same calls.
public final class Worker {
  public Worker(Host host, Consumer<MediaEvent> events, WorkerSettings settings) {}

  /// Does what `command` says, or answers that the leg is gone.
  public void tell(MediaCommand command, long nowNanos) {}

  /// Takes over a pipeline that another worker handed over.
  public void attach(Pipeline pipeline, long nowNanos) {}

  /// Runs every leg whose 20 ms are over. To be called every 5 ms; late is caught up, see [#wakeAtNanos].
  public void tick(long nowNanos) {}

  /// When the next tick has work; `Long.MAX_VALUE` while there are no legs.
  public long wakeAtNanos() {
    return Long.MAX_VALUE;
  }
}
