package io.tipring.media.worker;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.Source;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.function.Function;

/// Measures by hand what processor time one leg takes per 20 ms, without a network: `java -cp ...
/// LegTickTiming`. No test.
final class LegTickTiming implements Host {
  private static final int LEGS = 500;
  private static final int FRAMES = 2000;

  public static void main(String[] arguments) {
    Function<String, MediaCommand> echo = leg -> new MediaCommand.Echo(leg, "echo");
    Function<String, MediaCommand> tone =
        leg -> new MediaCommand.Play(leg, "tone", new Source.Tone(1000, -10), true);
    for (int round = 0; round < 3; round++) {
      measure("echo, a packet in, a packet out", false, 0, echo);
      measure("tone, a packet in, a packet out", false, 0, tone);
      measure("echo, 5 % lost", false, 20, echo);
      measure("echo, listening for keys", true, 0, echo);
    }
  }

  private static void measure(
      String what, boolean inBand, int loseEvery, Function<String, MediaCommand> command) {
    Worker worker =
        new Worker(new LegTickTiming(loseEvery), LegTickTiming::ignore, WorkerSettings.STANDARD);
    MediaSpec base = Workbench.PCMU;
    MediaSpec spec =
        new MediaSpec(
            base.encoding(), 0, base.telephoneEvents(), 20, base.direction(), inBand, base.peer());
    for (int i = 0; i < LEGS; i++) {
      worker.tell(new MediaCommand.Open("leg" + i, spec), 0);
      worker.tell(command.apply("leg" + i), 0);
    }
    long now = 0;
    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    long began = processor.getCurrentThreadCpuTime();
    for (int i = 0; i < FRAMES * 4; i++) {
      worker.tick(now);
      now += Worker.BUCKET_NANOS;
    }
    double nanos = (double) (processor.getCurrentThreadCpuTime() - began) / FRAMES / LEGS;
    System.out.printf(
        "%-34s %6.3f us per leg and 20 ms, %.4f %% of a core%n",
        what, nanos / 1000, nanos / 20e6 * 100);
  }

  private final int loseEvery;

  private LegTickTiming(int loseEvery) {
    this.loseEvery = loseEvery;
  }

  private static void ignore(MediaEvent event) {}

  @Override
  public Optional<PacketIo> open(String leg, MediaSpec spec) {
    return Optional.of(new TonePeer(loseEvery));
  }

  @Override
  public void handOver(Pipeline pipeline, int worker) {}
}
