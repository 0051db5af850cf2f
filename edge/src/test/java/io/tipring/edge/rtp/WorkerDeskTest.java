package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.worker.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkerDeskTest {
  private final List<MediaEvent> events = new ArrayList<>();
  private final Random random = new Random(3);
  private final RtpMeters meters = new RtpMeters();
  private final PortPool pool =
      new PortPool(
          new PostOffice(),
          new PortSettings(20_000, 20_003, 2, 5_000, List.of(Family.IPV4)),
          random::nextBytes);
  private final LegRouter router = new LegRouter(pool, meters, events::add);
  private final PlaneParts parts =
      new PlaneParts(pool, meters, random::nextBytes, nanos -> nanos / 1_000_000, () -> 0);

  private record Box(List<WorkerInput> inputs) implements Mailbox {
    @Override
    public void put(WorkerInput input) {
      inputs.add(input);
    }

    @Override
    public int waiting() {
      return inputs.size();
    }
  }

  /// A selector that is broken.
  private static final class Blind implements Readiness {
    @Override
    public void watch(PortPair ports, long nowNanos) {
      throw new IllegalStateException("cannot watch " + ports.rtp().port());
    }

    @Override
    public void unwatch(PortPair ports) {}
  }

  @Test
  void aLegThatCannotBeOpenedEndsAndGivesItsPortsBack() {
    WorkerDesk desk =
        new WorkerDesk(router, new Blind(), parts, RtpSettings.STANDARD, WorkerSettings.STANDARD);
    pool.tend(0);
    List<WorkerInput> box = new ArrayList<>();
    router.deliverTo(List.of(new Box(box)));
    router.reserve("leg_1", Family.IPV4).orElseThrow();
    MediaSpec spec =
        new MediaSpec(
            Encoding.PCMU,
            0,
            OptionalInt.empty(),
            20,
            Direction.SEND_RECEIVE,
            false,
            new PeerAddress("192.0.2.10", 4000, 4001));
    router.tell(new MediaCommand.Open("leg_1", spec), 0);
    assertThatThrownBy(() -> desk.on(box.getFirst(), 0)).hasMessageContaining("cannot watch");
    assertThat(events).containsExactly(new MediaEvent.Closed("leg_1", MediaStats.NONE));
    assertThat(pool.counts().inUse()).isZero();
    assertThat(pool.counts().resting()).isOne();
    assertThat(router.load(0)).isZero();
    assertThat(desk.isIdle()).isTrue();
  }
}
