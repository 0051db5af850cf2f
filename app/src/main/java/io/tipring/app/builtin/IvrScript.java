package io.tipring.app.builtin;

import io.tipring.api.Operation.Digits;
import io.tipring.api.script.Call;
import io.tipring.api.script.CallScript;
import java.time.Duration;
import java.time.LocalTime;

/// A spoken menu: the time, an echo, your digits read back. Three silences in a row end it.
final class IvrScript implements CallScript {
  private static final String MENU =
      "For the time, press 1. To hear yourself, press 2. To have your digits read back, press 3.";

  @Override
  public void run(Call call) {
    call.answer();
    for (int silences = 0; silences < 3; ) {
      String key = call.gather(MENU, Digits.one().within(Duration.ofSeconds(5))).digits();
      silences = key.isEmpty() ? silences + 1 : 0;
      switch (key) {
        case "1" -> tellTime(call);
        case "2" -> echo(call);
        case "3" -> readBack(call);
        case "" -> {} // once more
        default -> call.say("Sorry, there is nothing on that key.");
      }
    }
    call.say("Goodbye.");
  }

  private static void tellTime(Call call) {
    LocalTime now = LocalTime.now(call.clock());
    call.say("It is " + now.getHour() + " hours and " + now.getMinute() + " minutes.");
  }

  private static void echo(Call call) {
    call.say("Speak, and press any key to come back.");
    call.echo(Duration.ofSeconds(30));
  }

  private static void readBack(Call call) {
    String digits = call.gather("Type four digits.", Digits.between(4, 4)).digits();
    call.say(
        digits.isEmpty()
            ? "You typed nothing."
            : "You typed " + String.join(", ", digits.split("")) + ".");
  }
}
