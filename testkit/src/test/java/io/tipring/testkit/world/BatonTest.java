package io.tipring.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BatonTest {
  private final World world = new World(1);
  private final List<String> log = new ArrayList<>();

  @Test
  void oneRunsWhileTheOtherWaits() {
    AtomicReference<Baton> self = new AtomicReference<>();
    Baton baton =
        new Baton(
            world,
            "code",
            () -> {
              log.add(Thread.currentThread().getName());
              self.get().giveBack();
              log.add("again");
            });
    self.set(baton);
    baton.hand();
    log.add("here");
    baton.hand();
    assertThat(log).containsExactly("code", "here", "again");
    assertThat(baton.isOver()).isTrue();
    baton.hand();
    assertThat(log).hasSize(3);
  }

  @Test
  void whoHasItActsInTheWorld() {
    new Baton(world, "code", () -> world.at(0, "code", () -> log.add("done"))).hand();
    world.run(Duration.ofSeconds(1));
    assertThat(log).containsExactly("done");
  }

  @Test
  void whatTheCodeThrowsIsThrownByTheOneWhoHandedIt() {
    Baton baton =
        new Baton(
            world,
            "code",
            () -> {
              throw new AssertionError("wrong");
            });
    assertThatThrownBy(baton::hand).isInstanceOf(AssertionError.class).hasMessage("wrong");
    world.run(Duration.ofSeconds(1));
  }

  @Test
  void codeThatWaitsElsewhereIsFoundWithItsOwnStack() {
    Baton baton = new Baton(world, "call_1", BatonTest::lookForTheKey);
    assertThatThrownBy(baton::hand)
        .isInstanceOf(AssertionError.class)
        .hasMessage("call_1 waits, but not in the Call")
        .cause()
        .satisfies(where ->
            assertThat(where.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("lookForTheKey"));
    world.run(Duration.ofSeconds(1));
  }

  private static void lookForTheKey() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
