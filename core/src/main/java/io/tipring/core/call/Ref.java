package io.tipring.core.call;

import io.tipring.api.OperationId;

/// How a command to the media plane is called: its operation, and which of that operation's
/// commands it is, counted from 0. On the way it is `op_1/0`.
record Ref(OperationId operation, int number) {
  private static final char SEPARATOR = '/';

  String text() {
    return operation.value() + SEPARATOR + number;
  }

  /// @param text made by [#text]
  static Ref parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    return new Ref(
        new OperationId(text.substring(0, at)), Integer.parseInt(text, at + 1, text.length(), 10));
  }
}
