package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.config.Config;
import io.tipring.edge.net.CannotListen;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class BannerTest {
  private static String failure(String host, int port, String why) {
    IOException failure =
        new CannotListen("UDP", new InetSocketAddress(host, port), new BindException(why));
    return Banner.of(failure, Config.DEFAULT);
  }

  @Test
  void aPortThatIsTakenNamesTheSettingThatChoosesAnother() {
    assertThat(failure("::", 5060, "Address already in use"))
        .startsWith("tipring: cannot listen on UDP *:5060: Address already in use\n")
        .contains("--set sip.port=")
        .doesNotContain("http.port");
    assertThat(failure("::1", 8080, "Address already in use"))
        .contains("[0:0:0:0:0:0:0:1]:8080")
        .contains("--set http.port=");
  }

  @Test
  void anAddressOfAnotherMachineNamesTheSettingThatHoldsIt() {
    assertThat(failure("192.0.2.1", 5060, "Cannot assign requested address"))
        .contains("192.0.2.1:5060")
        .endsWith("see sip.bind");
  }
}
