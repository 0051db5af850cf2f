package io.tipring.bench;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.edge.sip.SipExchange;
import io.tipring.testkit.exchange.Doors;
import io.tipring.testkit.exchange.VirtualExchange;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.phone.WorldJack;
import io.tipring.testkit.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How much faster than life the World is.
final class WorldBench implements Benchmark {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(10);
  private static final int ROUNDS = 5;

  @Override
  public String about() {
    return "simulated time beside real time: signalling, and sound per leg";
  }

  @Override
  public void run(Report report, Path folder) {
    report.line("goal      10,000 x for signalling, 2,000 x for a leg with sound");
    report.line(
        "signalling: an hour in which a phone calls every 10 s, hears 180, gives up after 5 s (INVITE, 180, CANCEL, 2 x 200, 487, ACK)");
    for (int i = 0; i < ROUNDS; i++) {
      signalling(report, i);
    }
    report.line(
        "sound: a phone talks to `echo` for 10 minutes; two legs, since the phone's own is as much work as the exchange's");
    for (int i = 0; i < ROUNDS; i++) {
      sound(report, i);
    }
  }

  private static void signalling(Report report, int seed) {
    Town town = new Town(seed);
    callAgain(town);
    long begin = System.nanoTime();
    town.world.run(HOUR);
    double seconds = (System.nanoTime() - begin) / 1e9;
    report.line(
        "  round %d  %.3f s for an hour with %d calls: %,.0f x; %.0f us a call, %d events",
        seed + 1,
        seconds,
        HOUR.dividedBy(BETWEEN_CALLS),
        HOUR.toSeconds() / seconds,
        seconds * 1e6 / HOUR.dividedBy(BETWEEN_CALLS),
        town.world.eventCount());
  }

  private static void callAgain(Town town) {
    town.phone.forgetEnded();
    PhoneCall call = town.phone.dial(town.exchange.uri("bell"));
    town.world.after(Duration.ofSeconds(5), call::hangUp);
    town.world.after(BETWEEN_CALLS, () -> callAgain(town));
  }

  private static void sound(Report report, int seed) {
    Town town = new Town(seed);
    PhoneCall call = town.phone.dial(town.exchange.uri("echo"));
    call.playTone(700);
    town.world.run(Duration.ofSeconds(2));
    Duration talk = Duration.ofMinutes(10);
    long begin = System.nanoTime();
    town.world.run(talk);
    double seconds = (System.nanoTime() - begin) / 1e9;
    boolean heard = call.hears(700);
    report.line(
        "  round %d  %.3f s for 10 minutes and 2 legs: %,.0f x a leg%s",
        seed + 1,
        seconds,
        2 * talk.toSeconds() / seconds,
        heard ? "" : "   not run: the tone was not heard");
  }

  private static final class Town {
    final World world;
    final VirtualExchange exchange;
    final Phone phone;

    Town(long seed) {
      world = new World(seed);
      Network network = new Network(world);
      exchange =
          new VirtualExchange(
              network,
              VirtualExchange.Place.at("10.0.0.1"),
              SipExchange.Settings.STANDARD,
              Doors.open());
      exchange.serve(
          "bell",
          () ->
              event ->
                  event instanceof Event.CallCreated ? List.of(new Operation.Ring()) : List.of());
      exchange.serve("echo", WorldBench::echo);
      phone = new Phone(new WorldJack(network, "10.0.1.1", 5060), "bench", Manners.GOOD);
    }
  }

  private static CallApp echo() {
    return event ->
        switch (event) {
          case Event.CallCreated _ -> List.of(new Operation.Answer());
          case Event.CallChanged(_, Event.CallState state) when state == Event.CallState.ANSWERED ->
              List.of(new Operation.Echo());
          default -> List.of();
        };
  }
}
