package io.tipring.edge.control;

import static io.tipring.edge.control.RawApplication.Guest.BINARY;
import static io.tipring.edge.control.RawApplication.Guest.CLOSE;
import static io.tipring.edge.control.RawApplication.Guest.FIN;
import static io.tipring.edge.control.RawApplication.Guest.PING;
import static io.tipring.edge.control.RawApplication.Guest.PONG;
import static io.tipring.edge.control.RawApplication.Guest.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.control.RawApplication.Frame;
import io.tipring.edge.control.RawApplication.Guest;
import io.tipring.edge.net.Counters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said on an open connection, with a server that may break every rule.
final class WebSocketLinksTest {
  private final ObservedLane lane = new ObservedLane();
  private final Counters<LinkMeter> meters = new Counters<>(LinkMeter.class);
  private final RawApplication app;
  private WebSocketLinks links = links(LinkSettings.STANDARD);

  WebSocketLinksTest() throws IOException {
    app = new RawApplication();
  }

  private WebSocketLinks links(LinkSettings settings) {
    return new WebSocketLinks(
        new WebSocketLinks.Ground(lane, () -> 1_763_726_448_500L, new SecureRandom()::nextBytes),
        Map.of(),
        settings,
        meters);
  }

  private void restart(LinkSettings settings) {
    links.close();
    links = links(settings);
  }

  @AfterEach
  void stop() {
    links.close();
    app.close();
    lane.close();
  }

  private Caller opens() {
    return Caller.opens(links, lane, app.url());
  }

  private static LinkEvent asked(String id) {
    return new LinkEvent.Received(
        new FromApplication.Ask(new OperationId(id), new Operation.Answer(Optional.empty())));
  }

  private static String answer(String id) {
    return "{\"id\":\"" + id + "\",\"type\":\"answer\"}";
  }

  @Test
  void messagesGoBothWaysInOrderMaskedByTheExchange() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());

    for (int i = 1; i <= 100; i++) {
      guest.say(answer("a" + i));
    }
    for (int i = 1; i <= 100; i++) {
      assertThat(caller.hears()).isEqualTo(asked("a" + i));
      caller.says(Caller.event(i));
    }
    for (int i = 1; i <= 100; i++) {
      Frame frame = guest.hear();
      assertThat(frame.masked()).isTrue();
      assertThat(frame.bits()).isEqualTo(FIN | TEXT);
      assertThat(frame.text()).startsWith("{\"id\":\"m" + i + "\",\"type\":\"call.ended\"");
    }
  }

  @Test
  void aCloseGoesOutAfterWhatWasSaidAndIsTheEnd() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    caller.says(Caller.event(1));
    caller.closes(CloseReason.CALL_ENDED);
    caller.closes(CloseReason.SLOW);
    caller.says(Caller.event(2));

    assertThat(guest.hear().text()).contains("\"m1\"");
    Frame close = guest.hear();
    assertThat(close.opcode()).isEqualTo(CLOSE);
    assertThat(close.closeCode()).isEqualTo(1000);
    guest.closeWith(1000);
    guest.hangUp();
    assertThat(caller.hasHeardAll()).isTrue();
  }

  @Test
  void anApplicationsCloseIsToldWithItsCodeAndAnswered() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.say(answer("a1"));
    guest.closeWith(4321);

    assertThat(caller.hears()).isEqualTo(asked("a1"));
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Closed(4321));
    assertThat(guest.hear().closeCode()).isEqualTo(4321);
  }

  @Test
  void aMessageMayComeInFragmentsWithAPingBetween() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.frame(TEXT, "{\"id\":\"a1\",".getBytes(UTF_8));
    guest.frame(FIN | PING, "there?".getBytes(UTF_8));
    guest.frame(0, new byte[0]);
    guest.frame(FIN, "\"type\":\"answer\"}".getBytes(UTF_8));

    assertThat(caller.hears()).isEqualTo(asked("a1"));
    Frame pong = guest.hear();
    assertThat(pong.opcode()).isEqualTo(PONG);
    assertThat(pong.text()).isEqualTo("there?");
  }

  @Test
  void whatIsNotUnderstoodIsToldAndWhatIsNotKnownIsCounted() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.say("{\"id\":\"a1\",\"type\":\"teleport\"}");
    guest.say("{\"id\":\"a2\",\"type\":\"say\"}");
    guest.say(answer("a3"));

    assertThat(caller.hears())
        .isInstanceOfSatisfying(
            LinkEvent.Misunderstood.class,
            wrong -> {
              assertThat(wrong.error().code()).isEqualTo(ErrorCode.MISSING_MEMBER);
              assertThat(wrong.ref()).contains("a2");
            });
    assertThat(caller.hears()).isEqualTo(asked("a3"));
    assertThat(meters.get(LinkMeter.UNKNOWN_TYPES)).isEqualTo(1);
    assertThat(meters.get(LinkMeter.MISUNDERSTOOD)).isEqualTo(1);
  }

  @Test
  void binaryMessagesBreakTheRules() throws Exception {
    violates(guest -> guest.frame(FIN | BINARY, new byte[] {1}), CloseReason.BINARY, 1003);
  }

  @Test
  void aMessageThatIsTooLongBreaksTheRules() throws Exception {
    violates(guest -> guest.frame(FIN | TEXT, new byte[65_537]), CloseReason.TOO_LARGE, 1009);
  }

  @Test
  void aMessageThatIsTooLongInFragmentsBreaksTheRules() throws Exception {
    violates(
        guest -> {
          guest.frame(TEXT, new byte[40_000]);
          guest.frame(0, new byte[40_000]);
        },
        CloseReason.TOO_LARGE,
        1009);
  }

  @Test
  void aTextThatIsNotUtf8BreaksTheRules() throws Exception {
    violates(
        guest -> guest.frame(FIN | TEXT, new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}),
        CloseReason.NOT_UNDERSTOOD,
        1007);
  }

  @Test
  void reservedBitsBreakTheRules() throws Exception {
    violates(
        guest -> guest.frame(FIN | 0x40 | TEXT, new byte[] {'"'}),
        CloseReason.NOT_UNDERSTOOD,
        1002);
  }

  @FunctionalInterface
  private interface Deed {
    void by(Guest guest) throws IOException;
  }

  private void violates(Deed deed, CloseReason why, int code) throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.say(answer("a1"));
    deed.by(guest);
    guest.say(answer("a2"));

    assertThat(caller.hears()).isEqualTo(asked("a1"));
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Violated(why));
    caller.closes(why);
    assertThat(guest.hear().closeCode()).isEqualTo(code);
    assertThat(caller.hasHeardAll()).isTrue();
    assertThat(meters.get(LinkMeter.VIOLATIONS)).isEqualTo(1);
  }

  @Test
  void aConnectionThatBreaksIsClosedWith1006() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.reset();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Closed(1006));
  }

  @Test
  void oneThatIsSilentIsAskedAndThenClosedWith1006() throws Exception {
    restart(LinkSettings.STANDARD.withPings(Duration.ofMillis(20), Duration.ofMillis(200)));
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    assertThat(guest.hear().opcode()).isEqualTo(PING);
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Closed(1006));
    assertThat(meters.get(LinkMeter.SILENT)).isEqualTo(1);
  }
}
