package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Telephones that call each other at random over a network that loses, doubles and reorders, all
/// from one seed.
final class Walk {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  /// A name that two telephones have: a request to it reaches both.
  static final String FORKED = "both.example";

  final long seed;
  final SplittableRandom random;
  final boolean reliable;
  final List<String> trace = new ArrayList<>();
  final Map<String, WalkPhone> phones = new LinkedHashMap<>();
  long now = 1_000 * SECOND;

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final double loss;
  private final double doubling;
  private final SipParser parser = new SipParser();
  private long order;

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Walk(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    reliable = random.nextInt(5) == 0;
    loss = reliable ? 0 : random.nextDouble() * 0.3;
    doubling = reliable ? 0 : random.nextDouble() * 0.2;
    for (String name : List.of("a.example", "b.example", "c.example")) {
      phones.put(name, new WalkPhone(this, name));
    }
  }

  /// Runs until nothing is left to happen.
  Walk run() {
    WalkPhone a = phone("a.example");
    a.calls(random.nextBoolean() ? "b.example" : FORKED);
    if (random.nextInt(3) == 0) {
      // Calls that cross.
      at(now + random.nextLong(3 * SECOND), () -> phone("b.example").calls("a.example"));
    }
    if (random.nextInt(8) == 0) {
      at(now + random.nextLong(60 * SECOND), phone("b.example")::dies);
    }
    long end = now + 3_600 * SECOND;
    int events = 0;
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      now = event.at();
      if (now > end || ++events > 100_000) {
        throw new AssertionError("stuck: " + phones.values());
      }
      event.action().run();
    }
    return this;
  }

  WalkPhone phone(String name) {
    WalkPhone phone = phones.get(name);
    if (phone == null) {
      throw new AssertionError("no phone " + name);
    }
    return phone;
  }

  void at(long at, Runnable action) {
    queue.add(new Event(Math.max(at, now), order++, action));
  }

  void note(String what) {
    trace.add(now / 1_000 + " " + what);
  }

  void send(String from, String host, SipMessage message) {
    for (String to : host.equals(FORKED) ? List.of("b.example", "c.example") : List.of(host)) {
      boolean lost = random.nextDouble() < loss;
      note(from + " > " + to + " " + summary(message) + (lost ? " lost" : ""));
      if (!lost) {
        deliver(to, message);
      }
      if (random.nextDouble() < doubling) {
        deliver(to, message);
      }
    }
  }

  private void deliver(String to, SipMessage message) {
    byte[] bytes = SipWriter.write(message);
    // A connection keeps the order, and so no delay varies there.
    long delay =
        reliable
            ? 20 * MILLI
            : 5 * MILLI + random.nextLong(random.nextInt(10) == 0 ? 900 * MILLI : 60 * MILLI);
    at(now + delay, () -> phone(to).receives(reread(bytes)));
  }

  private SipMessage reread(byte[] bytes) {
    return switch (parser.parseDatagram(bytes, 0, bytes.length)) {
      case Parsed.Message(SipMessage message) -> message;
      case Parsed other -> throw new AssertionError("not well-formed: " + other);
    };
  }

  private static String summary(SipMessage message) {
    String line =
        switch (message) {
          case SipRequest request -> request.method() + " " + request.uri();
          case SipResponse response -> Integer.toString(response.status());
        };
    Body body = message.body();
    return line
        + " "
        + message.headers().cseq()
        + " "
        + message.headers().topVia().branch().orElse("")
        + (body.isEmpty() ? "" : " [" + body.text() + "]");
  }
}
