package io.tipring.edge.control;

import static io.tipring.edge.control.RawApplication.Guest.FIN;
import static io.tipring.edge.control.RawApplication.Guest.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.control.RawApplication.Guest;
import io.tipring.edge.net.Counters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Applications that say more than is heard, or hear less than is said.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class BackPressureTest {
  private static final byte[] FRAME =
      Guest.framed(FIN | TEXT, "{\"id\":\"a1\",\"type\":\"answer\"}".getBytes(UTF_8));

  /// So many whole frames may be in the 16 KiB of one read, and the rest of one before them.
  private static final int ONE_READ = 16_384 / FRAME.length + 1;

  private final ObservedLane lane = new ObservedLane();
  private final Counters<LinkMeter> meters = new Counters<>(LinkMeter.class);
  private final RawApplication app;
  private WebSocketLinks links = links(LinkSettings.STANDARD);

  BackPressureTest() throws IOException {
    app = RawApplication.hardOfHearing();
  }

  /// One event loop: whoever blocks it is noticed.
  private WebSocketLinks links(LinkSettings settings) {
    return new WebSocketLinks(
        new WebSocketLinks.Ground(lane, () -> 0, new SecureRandom()::nextBytes),
        Map.of(),
        new LinkSettings(
            1,
            settings.ping(),
            settings.pong(),
            settings.close(),
            settings.messageBytes(),
            settings.highBytes(),
            settings.lowBytes(),
            settings.mostBytes()),
        meters);
  }

  @AfterEach
  void stop() {
    links.close();
    app.close();
    lane.close();
  }

  /// Says `frame` until the connection ends.
  private static void flood(Guest guest, byte[] frame) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              guest.write(frame);
            }
          } catch (IOException _) {
            // the end of the test
          }
        });
  }

  @Test
  void aFloodWaitsInTheApplicationUntilWhatWasReadHasHadItsTurn() throws Exception {
    Caller caller = Caller.opens(links, lane, app.url());
    Guest guest = app.welcome();
    caller.hears();
    AtomicLong turns = new AtomicLong();
    AtomicLong mostAhead = new AtomicLong();
    caller.witness(_ ->
        mostAhead.accumulateAndGet(
            meters.get(LinkMeter.MESSAGES_IN) - turns.incrementAndGet(), Math::max));
    CompletableFuture<Void> busy = lane.hold();
    flood(guest, FRAME);
    while (lane.waiting() < 1) {
      Thread.yield(); // the test's own deadline is that of the held lane
    }
    busy.complete(null);
    for (int i = 0; i < 50_000; i++) {
      assertThat(caller.hears()).isInstanceOf(LinkEvent.Received.class);
    }
    // Read by the loop, and not had its turn: at most what one read brings.
    assertThat(mostAhead).hasValueLessThanOrEqualTo(ONE_READ);
    assertThat(lane.mostWaiting()).isLessThanOrEqualTo(8);
  }

  @Test
  void oneThatDoesNotReadIsNotReadFromAndDelaysNobody() throws Exception {
    Caller caller = Caller.opens(links, lane, app.url());
    Guest deaf = app.welcome();
    caller.hears();
    Caller other = Caller.opens(links, lane, app.url());
    Guest quick = app.welcome();
    other.hears();

    int sent = saysUntilItHearsSomething(caller);
    flood(deaf, FRAME);
    for (int i = 1; i <= 1_000; i++) {
      other.says(Caller.event(i));
      assertThat(quick.hear().text()).contains("\"m" + i + "\"");
      quick.say("{\"id\":\"a" + i + "\",\"type\":\"answer\"}");
      assertThat(other.hears()).isInstanceOf(LinkEvent.Received.class);
    }
    for (int i = 0; i < sent; i++) {
      assertThat(deaf.hear().text()).hasSizeGreaterThan(8_000);
    }
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Writable(false));
    boolean writable = false;
    int heard = 0;
    while (!(writable && heard > ONE_READ)) {
      if (caller.hears() instanceof LinkEvent.Writable(boolean now)) {
        writable = now;
        heard = 0;
      } else {
        heard++;
        // While it does not read: what was under way to us.
        assertThat(writable || heard <= ONE_READ).isTrue();
      }
    }
    assertThat(meters.get(LinkMeter.STALLS)).isPositive();
  }

  /// Says no more than the event loop has taken, so that it hears in time what becomes of it.
  private int saysUntilItHearsSomething(Caller caller) {
    long before = meters.get(LinkMeter.MESSAGES_OUT);
    int said = 0;
    while (caller.hasHeardAll()) {
      caller.says(Caller.large());
      said++;
      while (meters.get(LinkMeter.MESSAGES_OUT) < before + said) {
        Thread.yield();
      }
    }
    return said;
  }

  @Test
  void whatWaitsForOneThatDoesNotReadHasABound() throws Exception {
    Caller caller = Caller.opens(links, lane, app.url());
    app.welcome();
    caller.hears();
    LinkEvent last = new LinkEvent.Opened();
    while (!(last instanceof LinkEvent.Closed)) {
      caller.says(Caller.large());
      last = caller.hasHeardAll() ? last : caller.hears();
    }
    assertThat(last).isEqualTo(new LinkEvent.Closed(1006));
    assertThat(meters.get(LinkMeter.OVERFLOWN)).isEqualTo(1);
  }

  @Test
  void oneThatDoesNotReadIsLeftWithinTheDeadline() throws Exception {
    links.close();
    links = links(LinkSettings.STANDARD.withCloseDeadline(Duration.ofMillis(100)));
    Caller caller = Caller.opens(links, lane, app.url());
    Guest deaf = app.welcome();
    caller.hears();
    saysUntilItHearsSomething(caller);
    caller.closes(CloseReason.SLOW);
    caller.forgets();
    assertThat(deaf.ended()).isTrue();
    assertThat(caller.hasHeardAll()).isTrue();
  }
}
