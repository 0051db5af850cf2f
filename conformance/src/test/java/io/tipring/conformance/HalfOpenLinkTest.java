package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.Main;
import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.relay.OwnNetwork;
import io.tipring.testkit.CallCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wire that is cut while somebody talks: no BYE, no FIN, no ICMP, the peer is just not there any
/// more.
@Needs({})
class HalfOpenLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static List<String> java(String heap, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Child phone(OwnNetwork network, String transport, int seconds) {
    String target = "sip:echo@" + OwnNetwork.NEAR + ";transport=" + transport;
    return Child.start(
        Path.of("").toAbsolutePath(),
        network.onFar(
            java("-Xmx128m", CallCommand.class, target, "--duration", Integer.toString(seconds))));
  }

  private static void callIsEndedWhenTheWireIsCut(String transport) {
    try (OwnNetwork network = OwnNetwork.lay();
        Child exchange =
            Child.start(
                Path.of("").toAbsolutePath(),
                network.onNear(
                    java("-Xmx256m", Main.class, "run", "--set", "media.silent_seconds=3")))) {
      exchange.awaitLine("ready in", PATIENCE);
      try (Child caller = phone(network, transport, 120)) {
        caller.awaitLine("--> ACK", PATIENCE);
        network.cut();
        exchange.awaitLine("ended: MEDIA_LOST", PATIENCE);
      }
      network.mend();
      try (Child next = phone(network, transport, 1)) {
        assertThat(next.awaitExit(PATIENCE)).as(() -> next.tail(40) + exchange.tail(40)).isZero();
      }
    }
  }

  @Test
  void aCallOverUdpWhoseWireIsCutEndsAndTheNextOneWorks() {
    callIsEndedWhenTheWireIsCut("udp");
  }

  @Test
  void aCallOverTcpWhoseWireIsCutEndsAndTheNextOneWorks() {
    callIsEndedWhenTheWireIsCut("tcp");
  }
}
