package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The applications that come with the exchange, to call before one has written any.
///
/// @param name as it stands in the configuration
/// @param about what a caller hears
/// @param start makes one for a new call
public record Builtin(String name, String about, Supplier<CallApp> start) {
  public static final List<Builtin> ALL =
      List.of(
          new Builtin("echo", "hear yourself", EchoApp::new),
          new Builtin("tone", "a tone of 1 kHz, for measuring", ToneApp::new),
          new Builtin("digits", "each key you press comes back as its own tone", DigitsApp::new),
          new Builtin("ring", "it rings, and nobody answers", RingApp::new));

  public static Optional<Builtin> named(String name) {
    return ALL.stream().filter(app -> app.name.equals(name)).findFirst();
  }
}
