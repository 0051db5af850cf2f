package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.Main;
import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Java;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.relay.OwnNetwork;
import io.tipring.testkit.CallCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A wire that is cut while somebody talks: no BYE, no FIN, no ICMP, the peer is just not there any
/// more.
@Tag("long")
@Needs({})
class HalfOpenLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Child phone(OwnNetwork network, String transport, int seconds) {
    String target = "sip:echo@" + OwnNetwork.NEAR + ";transport=" + transport;
    return Child.start(
        Path.of("").toAbsolutePath(),
        network.onFar(
            Java.command(
                List.of("-Xmx128m"),
                CallCommand.class,
                List.of(target, "--duration", Integer.toString(seconds)))));
  }

  private static void callIsEndedWhenTheWireIsCut(String transport) {
    try (OwnNetwork network = OwnNetwork.lay();
        Child exchange =
            Child.start(
                Path.of("").toAbsolutePath(),
                network.onNear(
                    Java.command(
                        List.of("-Xmx256m"),
                        Main.class,
                        List.of("run", "--set", "media.silent_seconds=3"))))) {
      exchange.awaitLine("ready in", PATIENCE);
      try (Child caller = phone(network, transport, 120)) {
        // None comes before the exchange has the ACK: without it the call would end as unconfirmed.
        caller.awaitLine("(sound)", PATIENCE);
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
