package io.tipring.testkit.net;

import static io.tipring.testkit.net.Network.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.testkit.net.Impairments.Bursts;
import io.tipring.testkit.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final InetSocketAddress ALICE = address("10.0.0.1:5060");
  private static final InetSocketAddress BOB = address("10.0.0.2:5060");

  private final World world = new World(11);
  private final Network network = new Network(world);
  private final DatagramSocket alice = network.bind(ALICE);
  private final DatagramSocket bob = network.bind(BOB);

  @Test
  void aDatagramTakesItsLatency() {
    network.everywhere(Impairments.NONE.withLatency(Duration.ofMillis(30)));
    alice.send(bytes(1), BOB);
    world.run(Duration.ofMillis(29));
    assertThat(bob.poll()).isNull();
    world.run(Duration.ofMillis(1));
    assertThat(bob.poll()).isEqualTo(new Datagram(ALICE, BOB, bytes(1)));
  }

  @Test
  void jitterDoesNotReorderButReorderingDoes() {
    network.everywhere(Impairments.NONE.withJitter(Duration.ofMillis(40)));
    assertThat(received(200, Duration.ofMillis(1))).isSorted().hasSize(200);
    network.everywhere(Impairments.NONE.withReorder(0.2));
    List<Integer> reordered = received(200, Duration.ofMillis(1));
    assertThat(reordered).hasSize(200);
    assertThat(reordered).isNotEqualTo(reordered.stream().sorted().toList());
  }

  @Test
  void lossIsAboutWhatWasAskedFor() {
    network.everywhere(Impairments.NONE.withLoss(0.3));
    assertThat(received(10_000, Duration.ofMillis(1)).size()).isBetween(6_800, 7_200);
  }

  @Test
  void burstsLoseTheirShareInRuns() {
    network.everywhere(Impairments.NONE.withBursts(Bursts.of(0.3, 8)));
    List<Integer> arrived = received(20_000, Duration.ofMillis(1));
    assertThat(arrived.size()).isBetween(13_000, 15_000);
    int gaps = 0;
    for (int i = 1; i < arrived.size(); i++) {
      gaps += arrived.get(i) - arrived.get(i - 1) > 1 ? 1 : 0;
    }
    assertThat((20_000.0 - arrived.size()) / gaps).isBetween(6.5, 9.5);
  }

  @Test
  void duplicatesArriveTwice() {
    network.everywhere(Impairments.NONE.withDuplicate(1));
    assertThat(received(3, Duration.ofMillis(1))).hasSize(6);
  }

  @Test
  void aCutIsHealedAndAVanishedHostComesBack() {
    network.cut(ALICE.getAddress(), BOB.getAddress());
    assertThat(received(3, Duration.ofMillis(1))).isEmpty();
    network.heal(ALICE.getAddress(), BOB.getAddress());
    network.vanish(BOB.getAddress());
    assertThat(received(3, Duration.ofMillis(1))).isEmpty();
    network.comeBack(BOB.getAddress());
    assertThat(received(3, Duration.ofMillis(1))).hasSize(3);
  }

  @Test
  void aPortBelongsToOneUntilItIsClosed() {
    assertThatThrownBy(() -> network.bind(BOB)).hasMessageContaining("in use");
    assertThat(network.boundPorts(BOB.getAddress())).containsExactly(5060);
    bob.close();
    assertThat(network.boundPorts(BOB.getAddress())).isEmpty();
    network.bind(BOB).close();
  }

  @Test
  void whatNobodyPollsIsLostAndCounted() {
    for (int i = 0; i < 600; i++) {
      alice.send(bytes(i), BOB);
    }
    world.run(Duration.ofSeconds(1));
    assertThat(bob.overflowed()).isEqualTo(88);
  }

  @Test
  void aFullConeLetsAnybodyAnswer() {
    InetSocketAddress mapped = throughNat(Nat.Kind.FULL_CONE);
    alice.send(bytes(5), mapped);
    world.run(Duration.ofSeconds(1));
    assertThat(insider.poll()).isEqualTo(new Datagram(ALICE, insider.local(), bytes(5)));
  }

  @Test
  void aRestrictedNatLetsOnlyThoseAnswerThatWereSpokenTo() {
    InetSocketAddress mapped = throughNat(Nat.Kind.PORT_RESTRICTED);
    alice.send(bytes(5), mapped);
    bob.send(bytes(6), mapped);
    world.run(Duration.ofSeconds(1));
    assertThat(insider.poll()).isEqualTo(new Datagram(BOB, insider.local(), bytes(6)));
    assertThat(insider.poll()).isNull();
  }

  @Test
  void aSymmetricNatShowsEveryDestinationAnotherPort() {
    InetSocketAddress mapped = throughNat(Nat.Kind.SYMMETRIC);
    insider.send(bytes(2), ALICE);
    world.run(Duration.ofSeconds(1));
    Datagram atAlice = Objects.requireNonNull(alice.poll());
    assertThat(atAlice.from()).isNotEqualTo(mapped);
    assertThat(atAlice.from().getAddress()).isEqualTo(mapped.getAddress());
  }

  @Test
  void whoIsBehindARouterCannotBeReachedPastIt() {
    throughNat(Nat.Kind.FULL_CONE);
    bob.send(bytes(5), insider.local());
    world.run(Duration.ofSeconds(1));
    assertThat(insider.poll()).isNull();
  }

  @Test
  void aForwardedPortLeadsInAndOutUnderItsNumberForEver() {
    Nat nat = nat(Nat.Kind.SYMMETRIC);
    nat.forward(4000, 4000, insider.local().getAddress());
    nat.restart();
    world.run(Duration.ofMinutes(10));
    alice.send(bytes(5), address("203.0.113.9:4000"));
    world.run(Duration.ofSeconds(1));
    assertThat(insider.poll()).isEqualTo(new Datagram(ALICE, insider.local(), bytes(5)));
    insider.send(bytes(6), BOB);
    world.run(Duration.ofSeconds(1));
    assertThat(bob.poll()).isEqualTo(new Datagram(address("203.0.113.9:4000"), BOB, bytes(6)));
  }

  @Test
  void aCutBehindARouterIsACut() {
    InetSocketAddress mapped = throughNat(Nat.Kind.FULL_CONE);
    network.cut(insider.local().getAddress(), BOB.getAddress());
    insider.send(bytes(1), BOB);
    bob.send(bytes(2), mapped);
    world.run(Duration.ofSeconds(1));
    assertThat(bob.poll()).isNull();
    assertThat(insider.poll()).isNull();
  }

  @Test
  void anIpv6AddressIsWrittenInBrackets() {
    assertThat(address("[2001:db8::1]:5060"))
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5060));
  }

  @Test
  void aMappingIsForgottenWithoutTraffic() {
    InetSocketAddress mapped = throughNat(Nat.Kind.FULL_CONE);
    world.run(Duration.ofSeconds(31));
    bob.send(bytes(6), mapped);
    world.run(Duration.ofSeconds(1));
    assertThat(insider.poll()).isNull();
  }

  @Test
  void equalSeedsGiveEqualNetworks() {
    assertThat(arrivalsOf(5)).isEqualTo(arrivalsOf(5)).isNotEqualTo(arrivalsOf(6));
  }

  private final DatagramSocket insider = network.bind(address("192.168.1.10:4000"));

  private Nat nat(Nat.Kind kind) {
    return network.nat(
        InetAddress.ofLiteral("203.0.113.9"),
        kind,
        Duration.ofSeconds(30),
        insider.local().getAddress());
  }

  private InetSocketAddress throughNat(Nat.Kind kind) {
    nat(kind);
    insider.send(bytes(1), BOB);
    world.run(Duration.ofMillis(100));
    Datagram atBob = Objects.requireNonNull(bob.poll());
    assertThat(atBob.from().getAddress()).isEqualTo(InetAddress.ofLiteral("203.0.113.9"));
    return atBob.from();
  }

  private static List<String> arrivalsOf(long seed) {
    World world = new World(seed);
    Network network = new Network(world);
    network.everywhere(
        new Impairments(
            Duration.ofMillis(20), Duration.ofMillis(30), 0.1, Bursts.of(0.1, 5), 0.1, 0.1));
    List<String> arrivals = new ArrayList<>();
    network.bind(BOB).listen(d -> arrivals.add(world.elapsed() + " " + number(d)));
    DatagramSocket sender = network.bind(ALICE);
    for (int i = 0; i < 300; i++) {
      sender.send(bytes(i), BOB);
      world.run(Duration.ofMillis(20));
    }
    return arrivals;
  }

  private List<Integer> received(int count, Duration every) {
    List<Integer> numbers = new ArrayList<>();
    bob.listen(datagram -> numbers.add(number(datagram)));
    for (int i = 0; i < count; i++) {
      alice.send(bytes(i), BOB);
      world.run(every);
    }
    world.run(Duration.ofSeconds(1));
    return numbers;
  }

  private static byte[] bytes(int number) {
    return new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
  }

  private static int number(Datagram datagram) {
    byte[] payload = datagram.payload();
    return ((payload[0] & 0xff) << 16) | ((payload[1] & 0xff) << 8) | (payload[2] & 0xff);
  }
}
