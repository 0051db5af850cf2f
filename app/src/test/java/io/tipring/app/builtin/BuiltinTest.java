package io.tipring.app.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Event.CallChanged;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.DigitMethod;
import io.tipring.api.Event.DigitPressed;
import io.tipring.api.Event.Direction;
import io.tipring.api.LegId;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Echo;
import io.tipring.api.Operation.Play;
import io.tipring.api.Operation.Ring;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuiltinTest {
  private static final CallId CALL = new CallId("call_1");
  private static final Event CREATED =
      new CallCreated(CALL, Direction.INBOUND, "sip:ann@example.com", "echo");
  private static final Event ANSWERED = new CallChanged(CALL, CallState.ANSWERED);

  private static CallApp start(String name) {
    return app(Builtin.named(name).orElseThrow().program()).orElseThrow();
  }

  private static Optional<CallApp> app(Builtin.Program program) {
    return switch (program) {
      case Builtin.Program.App(var app) -> Optional.of(app.get());
      case Builtin.Program.Script _ -> Optional.empty();
    };
  }

  @Test
  void everyOneAnswersButTheOneThatRings() {
    assertThat(Builtin.ALL)
        .filteredOn(app -> !app.name().equals("ring"))
        .flatExtracting(app -> app(app.program()).stream().toList())
        .allSatisfy(app -> assertThat(app.on(CREATED)).containsExactly(new Answer()));
    assertThat(start("ring").on(CREATED)).containsExactly(new Ring());
  }

  @Test
  void echoStartsWhenTheCallIsAnswered() {
    assertThat(start("echo").on(ANSWERED)).containsExactly(new Echo());
    assertThat(start("echo").on(new CallChanged(CALL, CallState.RINGING))).isEmpty();
  }

  @Test
  void toneGoesOnUntilTheCallEnds() {
    assertThat(start("tone").on(ANSWERED)).containsExactly(Play.forever("tone:1000"));
  }

  @Test
  void eachDigitComesBack() {
    Event pressed =
        new DigitPressed(
            new LegId("leg_1"), "7", DigitMethod.RTP_EVENT, Duration.ofMillis(100), false);
    assertThat(start("digits").on(pressed)).containsExactly(new Play("keys:7"));
  }
}
