package io.tipring.edge.json;

import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication;

/// What the bytes of an exchange's message came to, for an application in Java.
public sealed interface Heard {
  record Message(Envelope envelope) implements Heard {}

  /// A type that came after this program was written: to be passed over.
  record Unknown(String type) implements Heard {}

  record Misunderstood(ToApplication.Error error) implements Heard {}
}
