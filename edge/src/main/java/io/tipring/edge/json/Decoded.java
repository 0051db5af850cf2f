package io.tipring.edge.json;

import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import java.util.Optional;

/// What the bytes of an application's message came to.
public sealed interface Decoded {
  record Message(FromApplication message) implements Decoded {}

  /// A message of a type that is not known here: to be passed over, and counted.
  ///
  /// @param type its first 64 characters
  record Unknown(String type) implements Decoded {}

  /// Nothing that can be acted on; `error` is for the application.
  ///
  /// @param id the message's own, where it has a good one: the `ref` of the answer
  record Misunderstood(Optional<String> id, ToApplication.Error error) implements Decoded {}
}
