package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.script.CallScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The applications that come with the exchange, to call before one has written any.
///
/// @param name as it stands in the configuration
/// @param about what a caller hears
public record Builtin(String name, String about, Program program) {
  /// What is made for a new call.
  public sealed interface Program {
    record App(Supplier<CallApp> app) implements Program {}

    record Script(Supplier<CallScript> script) implements Program {}
  }

  public static final List<Builtin> ALL =
      List.of(
          new Builtin(
              "ivr",
              "a spoken menu: the time, an echo, your digits",
              new Program.Script(IvrScript::new)),
          new Builtin("echo", "hear yourself", new Program.App(EchoApp::new)),
          new Builtin("tone", "a tone of 1 kHz, for measuring", new Program.App(ToneApp::new)),
          new Builtin(
              "digits",
              "each key you press comes back as its own tone",
              new Program.App(DigitsApp::new)),
          new Builtin("ring", "it rings, and nobody answers", new Program.App(RingApp::new)));

  public static Optional<Builtin> named(String name) {
    return ALL.stream().filter(app -> app.name.equals(name)).findFirst();
  }
}
