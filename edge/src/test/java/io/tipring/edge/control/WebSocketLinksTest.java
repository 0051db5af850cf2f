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
import java.util.Arrays;
import java.util.List;
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
  void whateverTheTextTheConnectionGoesOn() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    List<String> texts =
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{\"id\":\"a1\",\"type\":\"answer\"",
            "[".repeat(65_536),
            "{\"id\":\"a1\",\"type\":\"say\",\"data\":" + "{\"x\":".repeat(1_000),
            "{\"id\":\"a1\",\"type\":\"say\",\"data\":{\"text\":" + "9".repeat(65_000) + "}}",
            "{\"id\":\"" + "a".repeat(65_000) + "\",\"type\":\"answer\"}",
            "\u0000".repeat(65_536));
    for (String text : texts) {
      guest.say(text);
      assertThat(caller.hears()).isInstanceOf(LinkEvent.Misunderstood.class);
    }
    guest.say(answer("a2"));
    assertThat(caller.hears()).isEqualTo(asked("a2"));
  }

  @Test
  void aMessageOfTheLongestLengthIsHeardInOneFrameOrInMany() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    byte[] longest = (answer("a1") + " ".repeat(65_536 - answer("a1").length())).getBytes(UTF_8);
    guest.frame(FIN | TEXT, longest);
    assertThat(caller.hears()).isEqualTo(asked("a1"));
    guest.frame(TEXT, new byte[0]);
    for (int at = 0; at < longest.length; at += 4_096) {
      guest.frame(0, Arrays.copyOfRange(longest, at, at + 4_096));
    }
    guest.frame(FIN, new byte[0]);
    assertThat(caller.hears()).isEqualTo(asked("a1"));
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
  void framesThatAreMaskedBreakTheRules() throws Exception {
    violates(
        guest -> guest.write(new byte[] {(byte) (FIN | TEXT), (byte) 0x80, 1, 2, 3, 4}),
        CloseReason.NOT_UNDERSTOOD,
        1002);
  }

  @Test
  void aLongPingBreaksTheRules() throws Exception {
    violates(guest -> guest.frame(FIN | PING, new byte[126]), CloseReason.NOT_UNDERSTOOD, 1002);
  }

  @Test
  void aCloseWithoutCodeIsToldAs1005() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    guest.frame(FIN | CLOSE, new byte[0]);
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Closed(1005));
    assertThat(guest.hear().payload()).isEmpty();
  }

  @Test
  void oneThatDoesNotAnswerOurCloseIsLeftWithinTheDeadline() throws Exception {
    restart(LinkSettings.STANDARD.withCloseDeadline(Duration.ofMillis(50)));
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    caller.closes(CloseReason.CALL_ENDED);
    assertThat(guest.hear().closeCode()).isEqualTo(1000);
    assertThat(guest.ended()).isTrue();
    assertThat(caller.hasHeardAll()).isTrue();
  }

  @Test
  void whatIsSaidAfterOurCloseIsNotHeard() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    caller.closes(CloseReason.REDIRECTED);
    assertThat(guest.hear().closeCode()).isEqualTo(1000);
    guest.say(answer("a1"));
    guest.frame(FIN | BINARY, new byte[10]);
    guest.closeWith(1000);
    guest.hangUp();
    assertThat(caller.hasHeardAll()).isTrue();
    assertThat(meters.get(LinkMeter.VIOLATIONS)).isZero();
  }

  @Test
  void linksThatEndAllAtOnceAreGone() throws Exception {
    Caller caller = opens();
    Guest guest = app.welcome();
    caller.hears();
    links.close();
    assertThat(guest.ended()).isTrue();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Closed(1006));
    assertThat(meters.get(LinkMeter.OPENED)).isEqualTo(meters.get(LinkMeter.CLOSED));
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
