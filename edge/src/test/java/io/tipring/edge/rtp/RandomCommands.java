package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.spec.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/// Commands at random, and what must be true of the events they make: each ref finishes exactly
/// once, each leg closes exactly once, and nothing is said of a leg that has closed.
final class RandomCommands {
  private final Random random;
  private final MediaPlane plane;
  private final int workers;
  private final PeerAddress peer;
  private final List<String> alive = new ArrayList<>();
  private final Set<String> legs = new HashSet<>();
  private final Map<String, String> refs = new HashMap<>();
  private int next;

  RandomCommands(long seed, MediaPlane plane, int workers, PeerAddress peer) {
    this.random = new Random(seed);
    this.plane = plane;
    this.workers = workers;
    this.peer = peer;
  }

  private MediaSpec spec() {
    Direction direction = Direction.values()[random.nextInt(4)];
    return new MediaSpec(Encoding.PCMA, 8, OptionalInt.of(101), 20, direction, false, peer);
  }

  /// One reservation or command.
  void step() {
    if (alive.isEmpty() || random.nextInt(6) == 0) {
      String leg = "leg_" + next++;
      if (plane.reserve(leg, Family.IPV4).isPresent()) {
        legs.add(leg);
        alive.add(leg);
        if (random.nextInt(8) > 0) {
          plane.tell(new MediaCommand.Open(leg, spec()));
        }
      }
      return;
    }
    String leg = alive.get(random.nextInt(alive.size()));
    String ref = "op_" + next++;
    switch (random.nextInt(10)) {
      case 0 -> {
        refs.put(ref, leg);
        plane.tell(new MediaCommand.Echo(leg, ref));
      }
      case 1, 2 -> {
        refs.put(ref, leg);
        plane.tell(new MediaCommand.Play(leg, ref, new Source.Tone(440, -10), true));
      }
      case 3 -> {
        refs.put(ref, leg);
        plane.tell(new MediaCommand.SendDigits(leg, ref, "12", 60, 40));
      }
      case 4 -> plane.tell(new MediaCommand.Stop(leg, "op_" + random.nextInt(next)));
      case 5 -> plane.tell(new MediaCommand.Change(leg, spec()));
      case 6, 7, 8 -> plane.tell(new MediaCommand.Move(leg, random.nextInt(workers)));
      case 9 -> {
        plane.tell(new MediaCommand.Close(leg));
        alive.remove(leg);
      }
      default -> throw new AssertionError();
    }
  }

  void closeAll() {
    alive.forEach(leg -> plane.tell(new MediaCommand.Close(leg)));
    alive.clear();
  }

  /// How many legs there were.
  int legs() {
    return legs.size();
  }

  void check(List<MediaEvent> events, String story) {
    Set<String> finished = new HashSet<>();
    Set<String> closed = new HashSet<>();
    for (MediaEvent event : events) {
      assertThat(closed)
          .as("%s: %s after its leg closed", story, event)
          .doesNotContain(event.leg());
      switch (event) {
        case MediaEvent.Finished(String leg, String ref, _, _) -> {
          assertThat(finished.add(ref)).as("%s: %s finished twice", story, ref).isTrue();
          assertThat(refs).as(story).containsEntry(ref, leg);
        }
        case MediaEvent.Closed(String leg, _) ->
            assertThat(closed.add(leg)).as("%s: %s closed twice", story, leg).isTrue();
        case MediaEvent.DigitBegan _, MediaEvent.Digit _, MediaEvent.Silent _ -> {}
      }
    }
    assertThat(finished).as("%s: everything finished", story).isEqualTo(refs.keySet());
    assertThat(closed).as("%s: every leg closed", story).isEqualTo(legs);
  }
}
