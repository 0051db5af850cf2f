package io.tipring.edge.sip.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScanGuardTest {
  private static final InetAddress SCANNER = InetAddress.ofLiteral("203.0.113.5");
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("203.0.113.6");

  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
  private final ScanGuard.Settings settings =
      new ScanGuard.Settings(10, Duration.ofSeconds(2), 100);
  private final ScanGuard guard =
      new ScanGuard(settings, InetAddress::isLoopbackAddress, () -> now);

  @Test
  void forgivesABurstAndSilencesWhoGoesOn() {
    offend(SCANNER, 10);
    assertThat(guard.isSilenced(SCANNER)).isFalse();
    offend(SCANNER, 1);
    assertThat(guard.isSilenced(SCANNER)).isTrue();
    assertThat(guard.isSilenced(NEIGHBOUR)).isFalse();
    assertThat(guard.scanners()).isEqualTo(1);
  }

  @Test
  void listensAgainWhenHalfOfTheBucketHasComeBack() {
    offend(SCANNER, 11);
    pass(Duration.ofSeconds(9)); // across the wrap of the clock
    assertThat(guard.isSilenced(SCANNER)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(guard.isSilenced(SCANNER)).isFalse();
    offend(SCANNER, 5);
    assertThat(guard.isSilenced(SCANNER)).isFalse();
    offend(SCANNER, 2);
    assertThat(guard.isSilenced(SCANNER)).isTrue();
  }

  @Test
  void neverSilencesWhoMisdialsNowAndThen() {
    for (int i = 0; i < 1_000; i++) {
      offend(NEIGHBOUR, 1);
      pass(Duration.ofSeconds(2));
      assertThat(guard.isSilenced(NEIGHBOUR)).isFalse();
    }
  }

  @Test
  void loopbackIsExemptUnlessATestSaysOtherwise() {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    offend(loopback, 100);
    assertThat(guard.isSilenced(loopback)).isFalse();
    ScanGuard strict = new ScanGuard(settings, _ -> false, () -> now);
    for (int i = 0; i < 11; i++) {
      strict.offend(loopback);
    }
    assertThat(strict.isSilenced(loopback)).isTrue();
  }

  @Test
  void aWholeIpv6NetworkOfACustomerIsOneSource() {
    for (int i = 0; i < 11; i++) {
      guard.offend(InetAddress.ofLiteral("2001:db8:1:2::" + i));
    }
    assertThat(guard.isSilenced(InetAddress.ofLiteral("2001:db8:1:2:ffff::1"))).isTrue();
    assertThat(guard.isSilenced(InetAddress.ofLiteral("2001:db8:1:3::1"))).isFalse();
  }

  @Test
  void remembersABoundedNumberOfSources() {
    for (int i = 0; i < 10_000; i++) {
      guard.offend(
          InetAddress.ofLiteral("198." + (18 + i % 2) + "." + (i / 250) + "." + (i % 250)));
    }
    assertThat(guard.size()).isEqualTo(100);
  }

  private void offend(InetAddress source, int times) {
    for (int i = 0; i < times; i++) {
      guard.offend(source);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
