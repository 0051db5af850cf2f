package io.tipring.testkit.stories;

import static io.tipring.testkit.net.Network.address;
import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.testkit.exchange.GuardedDoors;
import io.tipring.testkit.net.Datagram;
import io.tipring.testkit.net.DatagramSocket;
import io.tipring.testkit.net.Nat;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.dialog.SessionSettings;
import io.tipring.wire.sip.transaction.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong between a caller and the exchange.
class TroubleStoriesTest {
  @Story
  void ackIsLost(World world) {
    Town town = new Town(world);
    town.network.lose(2, datagram -> datagram.startsWith("ACK "));
    PhoneCall call = town.answered("echo");
    call.playTone(700);
    world.run(Duration.ofSeconds(4));
    assertThat(call.isEnded()).isFalse();
    assertThat(call.hears(700)).isTrue();
    town.hangUp(call);
    assertThat(town.endings()).containsExactly(EndReason.CALLER_HUNG_UP);
    town.nothingIsLeft();
  }

  @Story
  void ackNeverComes(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered(town.phone(Manners.GOOD.with(Quirk.NO_ACK)), "echo");
    world.runUntil("the exchange gives up", call::isEnded, Duration.ofSeconds(40));
    assertThat(town.endings()).containsExactly(EndReason.NOT_CONFIRMED);
    town.nothingIsLeft();
  }

  @Story
  void answerIsLost(World world) {
    Town town = new Town(world);
    town.network.lose(2, datagram -> datagram.startsWith("SIP/2.0 200"));
    PhoneCall call = town.answered("echo");
    call.playTone(700);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).isTrue();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void everyFirstCopyIsLost(World world) {
    Town town = new Town(world);
    List<String> seen = new ArrayList<>();
    town.network.lose(Integer.MAX_VALUE, datagram -> isFirstOfItsKind(datagram, seen));
    PhoneCall call = town.dial("echo");
    world.runUntil("it is answered", call::isAnswered, Duration.ofSeconds(10));
    call.hangUp();
    world.runUntil("it has ended", call::isEnded, Duration.ofSeconds(10));
    town.nothingIsLeft();
  }

  @Story
  void cancelCrossesAnswer(World world) {
    Town town = new Town(world);
    Dice dice = world.dice("impatience");
    PhoneCall call = town.dial("ringing-echo");
    world.run(Duration.ofNanos(dice.below(Duration.ofMillis(60).toNanos())));
    call.hangUp();
    world.runUntil(
        "it is over", () -> call.isEnded() && town.exchange.calls() == 0, Duration.ofSeconds(5));
    assertThat(town.endings())
        .hasSizeLessThanOrEqualTo(1)
        .isSubsetOf(EndReason.CALLER_CANCELLED, EndReason.CALLER_HUNG_UP);
    town.nothingIsLeft();
  }

  @Story
  void byesCross(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("echo");
    world.run(Duration.ofSeconds(1));
    town.exchange.drain(Duration.ZERO, () -> {});
    call.hangUp();
    world.runUntil("it is over", call::isEnded, Duration.ofSeconds(5));
    town.nothingIsLeft();
  }

  @Story
  void callerVanishes(World world) {
    Town town = new Town(world);
    Phone phone = town.phone();
    PhoneCall call = town.answered(phone, "tone");
    world.run(Duration.ofSeconds(1));
    town.network.vanish(phone.address());
    world.runUntil("the exchange notices", () -> town.exchange.calls() == 0, Duration.ofMinutes(2));
    assertThat(town.endings()).containsExactly(EndReason.MEDIA_LOST);
    call.hangUp();
    town.nothingIsLeft();
  }

  @Story
  void callerVanishesWhileRinging(World world) {
    Town town = new Town(world);
    Phone phone = town.phone();
    PhoneCall call = phone.dial(town.exchange.uri("bell"));
    world.runUntil("it rings", call::isRinging, SOON);
    town.network.vanish(phone.address());
    world.runUntil(
        "the exchange gives up", () -> town.exchange.calls() == 0, Duration.ofMinutes(10));
    call.hangUp();
    town.nothingIsLeft();
  }

  @Story
  void callerNeverAnswersTheBye(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered(town.phone(Manners.GOOD.with(Quirk.NO_BYE_ANSWER)), "echo");
    town.exchange.drain(Duration.ZERO, () -> {});
    world.runUntil("it is over", call::isEnded, Duration.ofSeconds(5));
    town.nothingIsLeft();
  }

  @Story
  void sessionTimerExpires(World world) {
    Town town = new Town(world);
    SessionSettings shortSessions =
        new SessionSettings(Timers.RFC_3261, Duration.ofMinutes(3).toNanos(), 90, 90, "");
    Phone phone = town.phone(Manners.GOOD, shortSessions);
    PhoneCall call = town.answered(phone, "echo");
    world.run(Duration.ofMinutes(5));
    assertThat(call.isEnded()).as("a session that is refreshed lives on").isFalse();
    // Held, so that no missing sound ends it first.
    call.hold();
    world.run(Duration.ofSeconds(2));
    town.network.vanish(phone.address());
    world.runUntil("the session runs out", () -> town.exchange.calls() == 0, Duration.ofMinutes(3));
    assertThat(town.endings())
        .containsAnyOf(EndReason.SESSION_EXPIRED, EndReason.PEER_LOST)
        .hasSize(1);
    town.nothingIsLeft();
  }

  @Story
  void strangerStealsNothing(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("echo");
    call.playTone(700);
    world.run(Duration.ofSeconds(1));
    DatagramSocket stranger = town.network.bind(address("10.9.9.9:4000"));
    List<Datagram> stolen = new ArrayList<>();
    stranger.listen(stolen::add);
    InetAddress exchange = town.exchange.address();
    for (int i = 0; i < 100; i++) {
      for (int port : town.network.boundPorts(exchange)) {
        if (port >= 20_000) {
          stranger.send(rtp(i), new InetSocketAddress(exchange, port));
        }
      }
      world.run(Duration.ofMillis(20));
    }
    assertThat(stolen).isEmpty();
    assertThat(call.hears(700)).isTrue();
    assertThat(call.lastHeard().snr(700)).isGreaterThan(20);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void callerBehindNatIsHeardAndHears(World world) {
    Town town = new Town(world);
    for (Nat.Kind kind : Nat.Kind.values()) {
      Phone phone = town.phone();
      InetAddress outside = InetAddress.ofLiteral("203.0.113." + phone.address().getAddress()[3]);
      town.network.nat(outside, kind, Duration.ofSeconds(60), phone.address());
      PhoneCall call = town.answered(phone, "echo");
      call.playTone(700);
      world.run(Duration.ofSeconds(3));
      assertThat(call.hears(700)).as(kind.name()).isTrue();
      call.hangUp();
      world.runUntil("it has ended", call::isEnded, SOON);
    }
    town.nothingIsLeft();
  }

  @Story
  void scannersAreIgnored(World world) {
    GuardedDoors doors = new GuardedDoors(world);
    Town town = new Town(world, doors);
    Phone scanner = town.phone();
    for (int i = 0; i < 40; i++) {
      PhoneCall call = scanner.dial(town.exchange.uri("100" + i));
      world.run(Duration.ofMillis(200));
      call.hangUp();
    }
    assertThat(doors.scanners()).isEqualTo(1);
    assertThat(scanner.calls().getFirst().statuses()).containsExactly(404);
    assertThat(scanner.calls().getLast().statuses()).isEmpty();
    PhoneCall honest = town.answered("echo");
    town.hangUp(honest);
    town.nothingIsLeft();
  }

  @Story
  void tcpConnectionBreaks(World world) {
    Town town = new Town(world);
    Phone phone = town.phone(Manners.GOOD.overTcp());
    PhoneCall call = town.answered(phone, "echo");
    world.run(Duration.ofSeconds(1));
    town.network.cut(phone.address(), town.exchange.address());
    call.hangUp();
    world.run(Duration.ofMinutes(1));
    town.network.heal(phone.address(), town.exchange.address());
    world.runUntil(
        "both sides have given up",
        () -> call.isEnded() && town.exchange.calls() == 0,
        Duration.ofMinutes(2));
    town.nothingIsLeft();
  }

  private static boolean isFirstOfItsKind(Datagram datagram, List<String> seen) {
    if (!datagram.startsWith("SIP/") && !isRequest(datagram)) {
      return false;
    }
    String text = new String(datagram.payload(), StandardCharsets.ISO_8859_1);
    String kind =
        text.lines().filter(line -> line.startsWith("CSeq")).findFirst().orElse("")
            + text.substring(0, 11);
    if (seen.contains(kind)) {
      return false;
    }
    seen.add(kind);
    return true;
  }

  private static boolean isRequest(Datagram datagram) {
    return datagram.payload().length > 0 && Character.isUpperCase(datagram.payload()[0]);
  }

  /// Sound of another source: noise under its own SSRC.
  private static byte[] rtp(int sequence) {
    byte[] packet = new byte[172];
    packet[0] = (byte) 0x80;
    packet[3] = (byte) sequence;
    packet[6] = (byte) ((sequence * 160) >> 8);
    packet[7] = (byte) (sequence * 160);
    packet[11] = 77;
    for (int i = 12; i < packet.length; i++) {
      packet[i] = (byte) (i * 37);
    }
    return packet;
  }
}
