package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.config.Config;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworksTest {
  private static boolean within(String address, String... networks) {
    return Networks.parse(List.of(networks)).contains(InetAddress.ofLiteral(address));
  }

  @Test
  void theLengthSaysHowManyBitsCount() {
    assertThat(within("172.31.255.255", "172.16.0.0/12")).isTrue();
    assertThat(within("172.32.0.0", "172.16.0.0/12")).isFalse();
    assertThat(within("8.8.8.8", "0.0.0.0/0")).isTrue();
    assertThat(within("10.1.2.3", "10.1.2.3/32")).isTrue();
    assertThat(within("10.1.2.4", "10.1.2.3/32")).isFalse();
  }

  @Test
  void familiesDoNotMix() {
    assertThat(within("::1", "0.0.0.0/0")).isFalse();
    assertThat(within("fd00::7", "fc00::/7")).isTrue();
  }

  @Test
  void theUsualNetworksAreThoseThatTheInternetDoesNotRoute() {
    String[] usual = Config.DEFAULT.net().localNetworks().toArray(String[]::new);
    assertThat(List.of("127.0.0.1", "::1", "10.9.8.7", "192.168.1.1", "169.254.3.3", "fe80::1"))
        .allMatch(address -> within(address, usual));
    assertThat(List.of("203.0.113.9", "11.0.0.1", "2001:db8::1"))
        .noneMatch(address -> within(address, usual));
  }
}
