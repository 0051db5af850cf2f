package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.net.OwnAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaBindsTest {
  private static final OwnAddress BOUND_OR_ROUTED =
      (bound, _) ->
          bound.getAddress().isAnyLocalAddress() ? "routed" : bound.getAddress().getHostAddress();

  @ParameterizedTest(name = "bound to {0}, towards {1}: {2}")
  @CsvSource({
    "192.168.7.2,             198.51.100.7, 192.168.7.2",
    "0.0.0.0,                 198.51.100.7, routed",
    "192.168.7.2 10.0.0.2,    198.51.100.7, routed",
    "::,                      198.51.100.7, routed",
    "192.168.7.2 fd00::2,     fd00::7,      fd00:0:0:0:0:0:0:2",
    "192.168.7.2 fd00::2,     10.0.0.7,     192.168.7.2"
  })
  void sdpNamesTheAddressAtWhichSoundIsTaken(String sip, String remote, String named) {
    List<InetSocketAddress> addresses =
        Stream.of(sip.split(" "))
            .map(address -> new InetSocketAddress(InetAddress.ofLiteral(address), 5060))
            .toList();
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
    assertThat(
            MediaBinds.of(addresses)
                .named(BOUND_OR_ROUTED)
                .towards(anywhere, InetAddress.ofLiteral(remote)))
        .isEqualTo(named);
  }
}
