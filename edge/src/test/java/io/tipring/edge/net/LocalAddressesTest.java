package io.tipring.edge.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LocalAddressesTest {
  private static final InetSocketAddress EVERYWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5060);
  private static final InetAddress PHONE = InetAddress.ofLiteral("10.0.0.9");
  private static final InetAddress ABROAD = InetAddress.ofLiteral("203.0.113.9");

  private Optional<InetAddress> way = Optional.of(InetAddress.ofLiteral("10.0.0.1"));
  private int asked;
  private long now = Long.MAX_VALUE - 1_000;
  private final LocalAddresses own =
      new LocalAddresses(
          List.of(InetAddress.ofLiteral("198.51.100.7")),
          LocalAddresses::isLocal,
          _ -> {
            asked++;
            return way;
          },
          () -> now);

  private void moveTo(String address) {
    way = Optional.of(InetAddress.ofLiteral(address));
  }

  @Test
  void aPeerIsToldTheAddressThatRoutingLeavesFrom() {
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("10.0.0.1");
  }

  @Test
  void aPeerThatIsNotNearIsToldTheAdvertisedAddressOfItsFamily() {
    assertThat(own.towards(EVERYWHERE, ABROAD)).isEqualTo("198.51.100.7");
    assertThat(own.towards(EVERYWHERE, InetAddress.ofLiteral("2001:db8::9"))).isEqualTo("10.0.0.1");
  }

  @Test
  void aSocketThatIsBoundToOneAddressHasThatOne() {
    InetSocketAddress bound = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5060);
    assertThat(own.towards(bound, PHONE)).isEqualTo("10.0.0.2");
    assertThat(asked).isZero();
  }

  @Test
  void theRoutingTableIsAskedSeldomAndItsAnswerIsNotBelievedForEver() {
    own.towards(EVERYWHERE, PHONE);
    moveTo("192.168.7.4");
    now += Duration.ofSeconds(1).toNanos(); // across the wrap of the clock
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("10.0.0.1");
    assertThat(asked).isOne();
    now += Duration.ofSeconds(5).toNanos();
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("192.168.7.4");
  }

  @Test
  void aPeerThatIsAlwaysAskedAboutIsNotBelievedForEverEither() {
    own.towards(EVERYWHERE, PHONE);
    moveTo("192.168.7.4");
    for (int second = 0; second < 6; second++) {
      now += Duration.ofSeconds(1).toNanos();
      own.towards(EVERYWHERE, PHONE);
    }
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("192.168.7.4");
  }

  @Test
  void thatThereIsNoNetworkIsForgottenAtOnce() {
    way = Optional.empty();
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("127.0.0.1");
    moveTo("192.168.7.4");
    assertThat(own.towards(EVERYWHERE, PHONE)).isEqualTo("192.168.7.4");
  }

  @Test
  void theRealRoutingTableKnowsTheWayToOurselves() {
    LocalAddresses real = new LocalAddresses(List.of(), _ -> true, System::nanoTime);
    assertThat(real.towards(EVERYWHERE, InetAddress.ofLiteral("127.0.0.1"))).isEqualTo("127.0.0.1");
  }
}
