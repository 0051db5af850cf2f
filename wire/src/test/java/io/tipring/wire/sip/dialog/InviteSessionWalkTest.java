package io.tipring.wire.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Sessions that call, fork, cancel, change, glare and hang up at random over a bad network: each
/// ends, and says so once.
class InviteSessionWalkTest {
  /// More of them with `-Dtipring.seeds=100000`.
  private static final int SEEDS = Integer.getInteger("tipring.seeds", 1_000);

  @Test
  @Rfc("3261 9")
  @Rfc("3261 13")
  @Rfc("3261 14")
  @Rfc("3261 15")
  void everySessionEndsExactlyOnceAndNothingIsLeft() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Walk walk = new Walk(seed);
      try {
        walk.run().phones.values().forEach(InviteSessionWalkTest::allEnded);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + "\n" + String.join("\n", walk.trace), failure);
      }
    }
  }

  private static void allEnded(WalkPhone phone) {
    if (phone.dead()) {
      return;
    }
    for (WalkOwner owner : phone.owners) {
      assertThat(owner.notices)
          .filteredOn(SessionNotice.Ended.class::isInstance)
          .as("%s", owner)
          .hasSize(1);
      assertThat(owner.notices).last().isInstanceOf(SessionNotice.Ended.class);
      assertThat(owner.state().closed()).isTrue();
    }
    assertThat(phone.servers.keySet()).isEmpty();
    assertThat(phone.clients.keySet()).isEmpty();
  }

  /// A walk that never gets into trouble would prove nothing.
  @Test
  void theWalkGoesEverywhere() {
    Map<EndCause, Integer> ends = new EnumMap<>(EndCause.class);
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 1; seed <= 600; seed++) {
      Walk walk = new Walk(seed).run();
      walk.phones.values().stream()
          .flatMap(phone -> phone.owners.stream())
          .flatMap(owner -> owner.notices.stream())
          .forEach(notice -> {
            seen.merge(notice.getClass().getSimpleName(), 1, Integer::sum);
            if (notice instanceof SessionNotice.Ended(EndCause cause, _, _)) {
              ends.merge(cause, 1, Integer::sum);
            }
          });
      for (String what :
          List.of("491", "PRACK", "CANCEL", "UPDATE", "422", "487", "500", "504", "481", "INFO")) {
        boolean there = walk.trace.stream().anyMatch(line -> line.contains(" " + what + " "));
        seen.merge(what, there ? 1 : 0, Integer::sum);
      }
    }
    assertThat(ends.keySet())
        .as("%s", ends)
        .contains(
            EndCause.CANCELLED,
            EndCause.REMOTE_BYE,
            EndCause.LOCAL_BYE,
            EndCause.REJECTED,
            EndCause.LOCAL_CANCEL,
            EndCause.REFUSED,
            EndCause.NO_ANSWER,
            EndCause.NOT_CONFIRMED,
            EndCause.SESSION_EXPIRED,
            EndCause.DIALOG_GONE,
            EndCause.NO_SESSION_DESCRIPTION);
    assertThat(seen).as("%s", seen).allSatisfy((_, count) -> assertThat(count).isPositive());
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(new Walk(seed).run().trace)
          .as("seed %d", seed)
          .isEqualTo(new Walk(seed).run().trace);
    }
  }
}
