package io.tipring.edge.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.net.LocalAddresses;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaPlane;
import io.tipring.wire.sip.Body;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegMediaTest {
  /// We are 192.168.7.2, behind a router that is 203.0.113.1 to the world.
  private static final LocalAddresses ADDRESSES =
      new LocalAddresses(
          List.of(InetAddress.ofLiteral("203.0.113.1")), LocalAddresses::isLocal, () -> 0);

  private static final InetSocketAddress BOUND =
      new InetSocketAddress(InetAddress.ofLiteral("192.168.7.2"), 0);

  @ParameterizedTest(name = "SIP from {0}, sound from {1}: {2}")
  @CsvSource({
    "198.51.100.7, 198.51.100.7, 203.0.113.1",
    // A phone behind a router of its own names an address that only looks like a neighbour's.
    "198.51.100.7, 10.0.0.9,     203.0.113.1",
    "198.51.100.7, 192.168.7.9,  203.0.113.1",
    // A proxy beside us, in front of a phone far away.
    "192.168.7.3,  198.51.100.7, 203.0.113.1",
    // Who is beside us.
    "192.168.7.3,  192.168.7.3,  192.168.7.2",
    "192.168.7.3,  0.0.0.0,      192.168.7.2",
    "127.0.0.1,    192.168.7.3,  192.168.7.2"
  })
  void theAddressOfOurSoundIsTheOneThatLeadsToUsFromThere(
      String sipFrom, String soundFrom, String named) {
    LegMedia media =
        new LegMedia(
            "leg",
            new LegMedia.Terms(
                new OnePort(),
                (_, remote) -> ADDRESSES.towards(BOUND, remote),
                SipExchange.capabilities(),
                false),
            InetAddress.ofLiteral(sipFrom),
            1);
    assertThat(media.consider(offer(soundFrom))).isEmpty();
    assertThat(media.answer().orElseThrow().text()).contains("c=IN IP4 " + named + "\r\n");
  }

  private static Body offer(String address) {
    return Body.utf8(
        """
        v=0
        o=- 1 1 IN IP4 %1$s
        s=-
        c=IN IP4 %1$s
        t=0 0
        m=audio 4000 RTP/AVP 0
        """
            .formatted(address)
            .replace("\n", "\r\n"));
  }

  private static final class OnePort implements MediaPlane {
    @Override
    public Optional<Reservation> reserve(String leg, Family family) {
      return Optional.of(new Reservation(leg, 20_000, 20_001));
    }

    @Override
    public void tell(MediaCommand command) {}
  }
}
