package io.tipring.edge.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Asked after 20 s of silence, gone after 10 s more, by a clock that only the test moves.
final class KeepaliveTest implements Keepalive.Watched {
  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
  private final Keepalive keepalive =
      new Keepalive(channel.eventLoop(), Duration.ofSeconds(20), Duration.ofSeconds(10), this);
  private final List<String> happened = new ArrayList<>();
  private boolean listening = true;

  @BeforeEach
  void start() {
    keepalive.start();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      ticker.advanceMillis(1_000);
      channel.runScheduledPendingTasks();
    }
  }

  @Test
  void silenceIsAskedOnceAndEnds() {
    pass(19);
    assertThat(happened).isEmpty();
    pass(1);
    assertThat(happened).containsExactly("asked");
    pass(9);
    assertThat(happened).containsExactly("asked");
    pass(1);
    assertThat(happened).containsExactly("asked", "gone");
    pass(100);
    assertThat(happened).hasSize(2);
  }

  @Test
  void whoSaysAnythingIsNotAskedFor20Seconds() {
    pass(15);
    keepalive.heard();
    pass(19);
    assertThat(happened).isEmpty();
    pass(1);
    assertThat(happened).containsExactly("asked");
  }

  @Test
  void whoAnswersIsThere() {
    for (int i = 1; i <= 3; i++) {
      pass(20);
      assertThat(happened).hasSize(i).containsOnly("asked");
      pass(5);
      keepalive.heard();
      // Looked at 5 s later, and then when 20 s of silence are over.
    }
  }

  @Test
  void whoIsNotListenedToIsNotSilent() {
    listening = false;
    pass(100);
    assertThat(happened).isEmpty();
    listening = true;
    pass(20);
    assertThat(happened).containsExactly("asked");
  }

  @Test
  void stoppedItWaitsForNothing() {
    pass(20);
    keepalive.stop();
    pass(100);
    assertThat(happened).containsExactly("asked");
  }

  @Override
  public boolean listening() {
    return listening;
  }

  @Override
  public void ask() {
    happened.add("asked");
  }

  @Override
  public void gone() {
    happened.add("gone");
  }
}
