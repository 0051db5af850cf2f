package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MetersTest {
  @Test
  void aFamilyIsDescribedOnceAndThenItsSeries() {
    Meters meters = new Meters();
    meters.counter("calls_total{end=\"busy\"}", "Calls that ended.", () -> 3);
    meters.counter("calls_total{end=\"lost\"}", "Calls that ended.", () -> 1);
    meters.gauge("lag_seconds", "How late.", () -> 0.25);
    assertThat(meters.print())
        .isEqualTo(
            """
            # HELP calls_total Calls that ended.
            # TYPE calls_total counter
            calls_total{end="busy"} 3
            calls_total{end="lost"} 1
            # HELP lag_seconds How late.
            # TYPE lag_seconds gauge
            lag_seconds 0.25
            """);
  }
}
