package io.tipring.edge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.core.lane.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadLaneTest {
  private final ConcurrentLinkedQueue<String> reported = new ConcurrentLinkedQueue<>();
  private final ThreadLane lane =
      new ThreadLane(
          "lane-under-test",
          (resource, failure) -> reported.add(resource + ": " + failure.getMessage()));

  @AfterEach
  void close() {
    lane.close();
  }

  @Test
  void runsWhatOneThreadPostsInItsOrderAndEverythingThatManyPost() throws Exception {
    int posters = 4;
    int each = 20_000;
    List<List<Integer>> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(posters * each);
    for (int p = 0; p < posters; p++) {
      List<Integer> mine = new ArrayList<>();
      seen.add(mine);
      Thread.ofPlatform()
          .start(() -> {
            for (int i = 0; i < each; i++) {
              int number = i;
              lane.post(
                  "r",
                  () -> {
                    mine.add(number); // unguarded: the lane is the only one who touches it
                    done.countDown();
                  });
            }
          });
    }
    done.await();
    assertThat(seen).allSatisfy(mine -> assertThat(mine).hasSize(each).isSorted());
  }

  @Test
  void theTimeStandsStillDuringATurn() {
    boolean same =
        on(() -> {
          long before = lane.nowNanos();
          long until = System.nanoTime() + 1_000_000;
          while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
          }
          return lane.nowNanos() == before;
        });
    assertThat(same).isTrue();
  }

  @Test
  void wakesByItselfAndNeverTooEarly() {
    CompletableFuture<Long> early = new CompletableFuture<>();
    lane.post(
        "r",
        () -> {
          long at = lane.nowNanos() + 20_000_000;
          lane.wakeAt(at, "r", () -> early.complete(lane.nowNanos() - at));
        });
    assertThat(early.orTimeout(10, TimeUnit.SECONDS).join()).isNotNegative();
  }

  @Test
  void aCancelledAlarmDoesNotRing() {
    List<String> rung = new ArrayList<>();
    CompletableFuture<List<String>> after = new CompletableFuture<>();
    lane.post(
        "r",
        () -> {
          long now = lane.nowNanos();
          Lane.Alarm cancelled = lane.wakeAt(now + 5_000_000, "r", () -> rung.add("cancelled"));
          lane.wakeAt(now + 5_000_000, "r", () -> rung.add("kept"));
          lane.wakeAt(now + 20_000_000, "r", () -> after.complete(rung));
          cancelled.cancel();
        });
    assertThat(after.orTimeout(10, TimeUnit.SECONDS).join()).containsExactly("kept");
  }

  @Test
  void aTimerThatReArmsItselfForNowDoesNotStarveTheInputs() {
    Runnable[] again = new Runnable[1];
    again[0] = () -> lane.wakeAt(lane.nowNanos(), "loop", again[0]);
    lane.post("loop", again[0]);
    assertThat(on(() -> "served")).isEqualTo("served");
  }

  @Test
  void aTurnThatThrowsIsReportedAndTheLaneLivesOn() {
    lane.post(
        "call-7",
        () -> {
          throw new IllegalArgumentException("broken");
        });
    lane.post(
        "call-8",
        () -> {
          throw new AssertionError("worse");
        });
    assertThat(on(() -> "alive")).isEqualTo("alive");
    assertThat(reported).containsExactly("call-7: broken", "call-8: worse");
    assertThat(lane.failures()).isEqualTo(2);
  }

  @Test
  void theMetersShowTheAgeOfTheOldestInputAndTheDepthOfTheQueue() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    lane.post(
        "slow",
        () -> {
          started.countDown();
          awaitQuietly(release);
        });
    started.await();
    lane.post("a", () -> {});
    lane.post("b", () -> {});
    assertThat(lane.queueDepth()).isEqualTo(2);
    long first = lane.lagNanos();
    assertThat(first).isPositive();
    assertThat(lane.lagNanos()).isGreaterThanOrEqualTo(first);
    release.countDown();
    var _ = on(() -> "drained");
    assertThat(lane.queueDepth()).isZero();
    assertThat(lane.turns()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void closingDoesWhatWasPostedBeforeAndForgetsTheTimers() throws Exception {
    List<String> done = new ArrayList<>();
    lane.post(
        "r", () -> lane.wakeAt(lane.nowNanos() + 3_600_000_000_000L, "r", () -> done.add("timer")));
    lane.post("r", () -> done.add("posted"));
    assertThat(lane.close(Duration.ofSeconds(10))).isTrue();
    assertThat(done).containsExactly("posted");
  }

  @Test
  void closingGivesUpAtItsDeadline() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    lane.post(
        "stuck",
        () -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
        });
    started.await();
    assertThat(lane.close(Duration.ofMillis(20))).isFalse();
    interrupted.await();
  }

  @Test
  void refusesTimeAndTimersFromOtherThreads() {
    assertThatThrownBy(lane::nowNanos).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> lane.wakeAt(0, "r", () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  private <T> T on(java.util.function.Supplier<T> turn) {
    CompletableFuture<T> result = new CompletableFuture<>();
    lane.post("test", () -> result.complete(turn.get()));
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
