package io.tipring.media.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.Source;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A worker that makes no garbage never waits for the collector on its own account.
class AllocationTest implements Host {
  private static final int TICKS = 4000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long now;

  @Test
  void nothingIsAllocatedOnTheTick() {
    Worker worker = new Worker(this, _ -> {}, WorkerSettings.STANDARD);
    for (int i = 0; i < 8; i++) {
      String leg = "leg" + i;
      worker.tell(new MediaCommand.Open(leg, listening()), 0);
      worker.tell(new MediaCommand.Echo(leg, "echo"), 0);
      worker.tell(new MediaCommand.Play(leg, "ring", ringback(), true), 0);
    }
    run(worker);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(worker);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The measurement itself takes a little.
    assertThat(allocated).isLessThan(TICKS / 4);
  }

  private void run(Worker worker) {
    for (int i = 0; i < TICKS; i++) {
      worker.tick(now);
      now += Worker.BUCKET_NANOS;
    }
  }

  private static MediaSpec listening() {
    MediaSpec base = Workbench.PCMU;
    return new MediaSpec(
        base.encoding(),
        base.payloadType(),
        base.telephoneEvents(),
        20,
        base.direction(),
        true,
        base.peer());
  }

  private static Source ringback() {
    return new Source.Progress(Source.Progress.Signal.RINGBACK, "GB");
  }

  @Override
  public Optional<PacketIo> open(String leg, MediaSpec spec) {
    return Optional.of(new TonePeer(10));
  }

  @Override
  public void handOver(Pipeline pipeline, int worker) {}
}
