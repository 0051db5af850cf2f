package io.tipring.edge.sip.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLogTest {
  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000;
  private final BoundedLog log =
      new BoundedLog(lines::add, 3, Duration.ofSeconds(1), 40, () -> now);

  @Test
  void letsSoManyLinesThroughAndThenSaysHowManyItDidNot() {
    for (int i = 0; i < 100; i++) {
      log.say("line " + i);
    }
    assertThat(lines).containsExactly("line 0", "line 1", "line 2");
    now += Duration.ofSeconds(1).toNanos(); // across the wrap of the clock
    log.say("later");
    assertThat(lines).last().isEqualTo("later (97 lines before this were left out)");
    log.say("and on");
    assertThat(lines).last().isEqualTo("and on");
  }

  @Test
  void cutsLongLines() {
    log.say("x".repeat(100_000));
    assertThat(lines.getFirst()).isEqualTo("x".repeat(40) + " ...");
  }

  @Test
  void escapesWhateverCouldEndALineOrCommandATerminal() {
    log.say("a\r\nb\t\u001b[2J\u0000");
    assertThat(lines.getFirst()).isEqualTo("a\\u000d\\u000ab\\u0009\\u001b[2J\\u0000");
    assertThat(BoundedLog.printable("Jürgen 東京 \u202e\u2028\ud83d", 90))
        .isEqualTo("Jürgen 東京 \\u202e\\u2028\\ud83d");
  }
}
