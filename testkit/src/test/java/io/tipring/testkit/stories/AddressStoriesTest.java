package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.testkit.exchange.Doors;
import io.tipring.testkit.exchange.VirtualExchange;
import io.tipring.testkit.net.Datagram;
import io.tipring.testkit.net.Nat;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Where the exchange stands, and what it calls itself: behind a router, and over IPv6.
class AddressStoriesTest {
  private static final String INSIDE = "192.168.7.2";
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.1");
  private static final Duration MAPPING = Duration.ofSeconds(60);

  @Story
  void callerFromOutsideReachesAnExchangeBehindARouter(World world) {
    Town town = behindARouter(world);
    List<String> said = saidBy(town, OUTSIDE);
    PhoneCall call = town.answered("echo");
    hearsItself(town, call, "over the router");
    holdsAndResumes(town, call);
    town.hangUp(call);
    assertThat(town.endings()).containsExactly(EndReason.CALLER_HUNG_UP);
    assertThat(said)
        .anyMatch(text -> text.startsWith("SIP/2.0 200") && text.contains("@203.0.113.1:5060>"))
        .anyMatch(text -> text.contains("c=IN IP4 203.0.113.1"))
        .noneMatch(text -> text.contains(INSIDE));
    town.nothingIsLeft();
  }

  @Story
  void exchangeBehindARouterHangsUp(World world) {
    Town town = behindARouter(world);
    List<String> said = saidBy(town, OUTSIDE);
    PhoneCall call = town.answered("tone");
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1000)).isTrue();
    town.exchange.drain(Duration.ZERO, () -> {});
    world.runUntil("the caller hears of it", call::isEnded, SOON);
    assertThat(said)
        .anyMatch(
            text -> text.startsWith("BYE ") && text.contains("Via: SIP/2.0/UDP 203.0.113.1:5060"))
        .noneMatch(text -> text.contains(INSIDE));
    town.nothingIsLeft();
  }

  /// The caller's SDP names an address that looks like a neighbour's and is not.
  @Story
  void callerAndExchangeAreBothBehindRouters(World world) {
    Town town = behindARouter(world);
    int number = 0;
    for (Manners manners : List.of(Manners.GOOD, Manners.GOOD.overTcp())) {
      for (Nat.Kind kind : Nat.Kind.values()) {
        number++;
        Phone phone = town.phoneAt("10.9.0." + number, manners);
        InetAddress callers = InetAddress.ofLiteral("198.51.100." + (100 + number));
        town.network.nat(callers, kind, MAPPING, phone.address());
        PhoneCall call = town.answered(phone, "echo");
        hearsItself(town, call, manners.transport() + " through " + kind);
        town.hangUp(call);
      }
    }
    town.nothingIsLeft();
  }

  /// Who is on our side of the router is told the address that leads to us there.
  @Story
  void callerOnOurSideOfTheRouterDoesNotGoThroughIt(World world) {
    Town town = behindARouter(world);
    List<String> said = saidBy(town, InetAddress.ofLiteral(INSIDE));
    Phone neighbour = town.phoneAt("192.168.7.3", Manners.GOOD);
    PhoneCall call = neighbour.dial("sip:echo@" + INSIDE);
    world.runUntil("the call is answered", call::isAnswered, SOON);
    hearsItself(town, call, "beside it");
    town.hangUp(call);
    assertThat(said).isNotEmpty().noneMatch(text -> text.contains(OUTSIDE.getHostAddress()));
    town.nothingIsLeft();
  }

  @Story
  void callerOverIpv6HearsItselfHoldsAndHangsUp(World world) {
    for (Manners manners : List.of(Manners.GOOD, Manners.GOOD.overTcp())) {
      Town town = overIpv6(world);
      List<String> said = saidBy(town, town.exchange.address());
      PhoneCall call = town.answered(town.phone(manners), "echo");
      hearsItself(town, call, manners.transport().name());
      holdsAndResumes(town, call);
      town.hangUp(call);
      assertThat(call.statuses()).containsExactly(200);
      assertThat(town.endings()).containsExactly(EndReason.CALLER_HUNG_UP);
      if (manners.equals(Manners.GOOD)) {
        // RFC 5118: brackets in SIP, none in SDP.
        assertThat(said)
            .anyMatch(text -> text.contains("@[2001:db8:0:0:0:0:0:1]:5060>"))
            .anyMatch(text -> text.contains("c=IN IP6 2001:db8:0:0:0:0:0:1\r\n"));
      }
      town.nothingIsLeft();
    }
  }

  @Story
  void keysOverIpv6AreAnsweredByTheirTones(World world) {
    Town town = overIpv6(world);
    PhoneCall call = town.answered("digits");
    call.press("12#");
    world.run(Duration.ofSeconds(3));
    assertThat(call.tape().all().digits()).isEqualTo("12#");
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void exchangeHangsUpOverIpv6(World world) {
    Town town = overIpv6(world);
    List<String> said = saidBy(town, town.exchange.address());
    PhoneCall call = town.answered("tone");
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1000)).isTrue();
    town.exchange.drain(Duration.ZERO, () -> {});
    world.runUntil("the caller hears of it", call::isEnded, SOON);
    assertThat(said)
        .anyMatch(text ->
            text.startsWith("BYE ")
                && text.contains("Via: SIP/2.0/UDP [2001:db8:0:0:0:0:0:1]:5060"));
    town.nothingIsLeft();
  }

  /// An exchange whose router lets calls in, and phones elsewhere in the world.
  private static Town behindARouter(World world) {
    Town town =
        new Town(
            world,
            Doors.open(),
            new VirtualExchange.Place(INSIDE, List.of(OUTSIDE)),
            "198.51.100.");
    Nat router =
        town.network.nat(
            OUTSIDE,
            Nat.Kind.PORT_RESTRICTED,
            MAPPING,
            town.exchange.address(),
            InetAddress.ofLiteral("192.168.7.3"));
    town.exchange.openRouter(router);
    return town;
  }

  private static Town overIpv6(World world) {
    return new Town(world, Doors.open(), VirtualExchange.Place.at("2001:db8::1"), "2001:db8:0:1::");
  }

  /// The SIP messages that come from `address`, from now on.
  private static List<String> saidBy(Town town, InetAddress address) {
    List<String> said = new ArrayList<>();
    town.network.onSent(datagram -> {
      if (datagram.from().getAddress().equals(address) && datagram.from().getPort() == 5060) {
        said.add(text(datagram));
      }
    });
    return said;
  }

  private static String text(Datagram datagram) {
    return new String(datagram.payload(), StandardCharsets.ISO_8859_1);
  }

  private static void hearsItself(Town town, PhoneCall call, String where) {
    call.playTone(700);
    town.world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).as(where).isTrue();
  }

  private static void holdsAndResumes(Town town, PhoneCall call) {
    call.hold();
    town.world.runUntil("held", () -> call.changes() == 1, SOON);
    town.world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).isFalse();
    call.resume();
    town.world.runUntil("resumed", () -> call.changes() == 2, SOON);
    town.world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).isTrue();
  }
}
