package io.tipring.edge.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Event.DigitMethod;
import io.tipring.api.GatherEnd;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.Prompt;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What messages look like, to the letter. That every record comes back is shown elsewhere, with
/// random ones.
class ControlCodecTest {
  private static final Instant TIME = Instant.parse("2026-11-21T12:30:48.007Z");
  private static final CallId CALL = new CallId("call_1");

  private static String event(Event event) {
    return text(
        new Envelope(
            "m7",
            TIME,
            Optional.of(new Cursor(1763726400, 17)),
            CALL,
            Optional.empty(),
            new ToApplication.Happened(event)));
  }

  private static String text(Envelope envelope) {
    return new String(ControlCodec.encode(envelope), StandardCharsets.UTF_8);
  }

  private static Operation operation(String type, String data) {
    Decoded decoded =
        ControlCodec.decode("{\"id\":\"a1\",\"type\":\"%s\",\"data\":%s}".formatted(type, data));
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    FromApplication.Ask ask = (FromApplication.Ask) ((Decoded.Message) decoded).message();
    assertThat(ask.id()).isEqualTo(new OperationId("a1"));
    return ask.operation();
  }

  @Test
  void anEventIsAnEnvelopeWithItsCursorAndItsOwnNameAsType() {
    assertThat(
            event(
                new Event.DigitPressed(
                    new LegId("leg_1"), "5", DigitMethod.RTP_EVENT, Duration.ofMillis(160), false)))
        .isEqualTo(
            "{\"id\":\"m7\",\"type\":\"digit.pressed\",\"time\":\"2026-11-21T12:30:48.007Z\","
                + "\"seq\":\"1763726400:17\",\"call\":\"call_1\",\"data\":{\"leg\":\"leg_1\","
                + "\"digit\":\"5\",\"method\":\"rtp_event\",\"duration\":160,\"sensitive\":false}}");
  }

  @Test
  void aNestedFamilySaysItsType() {
    assertThat(
            event(
                new Event.OperationSucceeded(
                    new OperationId("a1"),
                    new Outcome.Gathered(new IvrId("ivr_1"), "12", GatherEnd.FINISH_KEY, false))))
        .endsWith(
            "\"type\":\"operation.succeeded\",\"time\":\"2026-11-21T12:30:48.007Z\","
                + "\"seq\":\"1763726400:17\",\"call\":\"call_1\",\"data\":{\"operation\":\"a1\","
                + "\"outcome\":{\"type\":\"gathered\",\"ivr\":\"ivr_1\",\"digits\":\"12\","
                + "\"reason\":\"finish_key\",\"sensitive\":false}}}");
  }

  @Test
  void whatIsNoEventHasNoCursorAndMaySayWhatItRefersTo() {
    assertThat(
            text(
                new Envelope(
                    "m8",
                    TIME,
                    Optional.empty(),
                    CALL,
                    Optional.of("a9"),
                    new ToApplication.Dropped(3))))
        .isEqualTo(
            "{\"id\":\"m8\",\"type\":\"dropped\",\"time\":\"2026-11-21T12:30:48.007Z\","
                + "\"call\":\"call_1\",\"ref\":\"a9\",\"data\":{\"events\":3}}");
  }

  @Test
  void halfASurrogatePairIsReplacedForUtf8HasNoFormForIt() {
    Event event =
        new Event.OperationFailed(
            new OperationId("a1"), Event.Refusal.NOT_FOUND, "a\ud800 b\udc00 \ud83d\ude00");
    assertThat(event(event)).contains("a\ufffd b\ufffd \ud83d\ude00");
  }

  @Test
  void whatIsLeftOutIsTakenAsTheContractSays() {
    assertThat(operation("say", "{\"text\":\"Hello\"}")).isEqualTo(new Operation.Say("Hello"));
    assertThat(operation("play", "{\"urls\":[\"tone:440\"]}"))
        .isEqualTo(new Operation.Play("tone:440"));
    assertThat(operation("gather", "{\"digits\":{\"max\":4}}"))
        .isEqualTo(new Operation.Gather(Operation.Digits.between(1, 4)));
    assertThat(operation("reject", "{}")).isEqualTo(new Operation.Reject(603));
    assertThat(ControlCodec.decode("{\"type\":\"hang_up\",\"id\":\"a1\"}"))
        .isEqualTo(
            new Decoded.Message(
                new FromApplication.Ask(new OperationId("a1"), new Operation.HangUp())));
  }

  @Test
  void everythingCanBeSaid() {
    assertThat(
            operation(
                "gather",
                """
                {"leg":"leg_1","digits":{"min":2,"max":4,"finish_on_key":"","timeout":5000,
                 "inter_digit_timeout":1000},"barge_in":false,"sensitive":true,"replace":true,
                 "prompt":[{"type":"speech","text":"Your PIN","language":"en-GB"},
                  {"type":"silence","duration":200},{"type":"sound","url":"file:beep"}]}\
                """))
        .isEqualTo(
            new Operation.Gather(
                Optional.of(new LegId("leg_1")),
                new Operation.Digits(2, 4, "", Duration.ofSeconds(5), Duration.ofSeconds(1)),
                List.of(
                    new Prompt.Speech("Your PIN", Optional.empty(), Optional.of("en-GB")),
                    new Prompt.Silence(Duration.ofMillis(200)),
                    new Prompt.Sound("file:beep")),
                false,
                true,
                true,
                true));
  }

  @Test
  void nullCountsAsLeftOut() {
    assertThat(operation("say", "{\"text\":\"Hello\",\"leg\":null,\"replace\":null}"))
        .isEqualTo(new Operation.Say("Hello"));
  }

  @Test
  void membersThatAreNotKnownArePassedOver() {
    assertThat(operation("say", "{\"text\":\"Hello\",\"mood\":{\"of\":[\"the\",1e999]}}"))
        .isEqualTo(new Operation.Say("Hello"));
  }

  @Test
  void aTypeThatIsNotKnownIsNoError() {
    assertThat(ControlCodec.decode("{\"type\":\"dance\",\"id\":7,\"data\":[]}"))
        .isEqualTo(new Decoded.Unknown("dance"));
    assertThat(ControlCodec.decode("{\"type\":\"happened\"}"))
        .isEqualTo(new Decoded.Unknown("happened"));
  }

  @Test
  void aWholeNumberMayBeWrittenInAnyWay() {
    assertThat(operation("pause", "{\"duration\":1.5e3}"))
        .isEqualTo(new Operation.Pause(Duration.ofMillis(1500)));
    assertThat(operation("reject", "{\"status\":486.0}")).isEqualTo(new Operation.Reject(486));
  }

  @Test
  void resumeGivesACursor() {
    assertThat(
            ControlCodec.decode(
                "{\"id\":\"r1\",\"type\":\"resume\",\"data\":{\"after\":\"1763726400:17\"}}"))
        .isEqualTo(
            new Decoded.Message(
                new FromApplication.Resume(new OperationId("r1"), new Cursor(1763726400, 17))));
  }

  @Test
  void applicationsInJavaSpeakAndHearTheSame() {
    FromApplication ask =
        new FromApplication.Ask(
            new OperationId("a1"), new Operation.Gather(Operation.Digits.between(1, 4)));
    assertThat(ControlCodec.decode(ControlCodec.encode(ask))).isEqualTo(new Decoded.Message(ask));
    Envelope envelope =
        new Envelope(
            "m1",
            TIME,
            Optional.empty(),
            CALL,
            Optional.of("a1"),
            new ToApplication.Error(ToApplication.ErrorCode.BAD_ID, "what", "do"));
    assertThat(ControlCodec.hear(ControlCodec.encode(envelope)))
        .isEqualTo(new Heard.Message(envelope));
    assertThat(ControlCodec.hear("{\"id\":\"m1\",\"type\":\"moon.rose\"}"))
        .isEqualTo(new Heard.Unknown("moon.rose"));
    assertThat(ControlCodec.hear("[]")).isInstanceOf(Heard.Misunderstood.class);
  }
}
