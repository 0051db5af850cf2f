package io.tipring.core.call;

import io.tipring.api.OperationId;

/// How a command to the media plane is called: its operation, and which of that operation's
/// commands it is, counted from 0. On the way it is `op_1/7/0`, 7 being the serial number.
record Ref(RunId run, int number) {
  private static final char SEPARATOR = '/';

  String text() {
    return run.operation().value() + SEPARATOR + run.serial() + SEPARATOR + number;
  }

  /// @param text made by [#text]
  static Ref parse(String text) {
    int last = text.lastIndexOf(SEPARATOR);
    int first = text.lastIndexOf(SEPARATOR, last - 1);
    return new Ref(
        new RunId(
            new OperationId(text.substring(0, first)), Long.parseLong(text, first + 1, last, 10)),
        Integer.parseInt(text, last + 1, text.length(), 10));
  }
}
