package io.tipring.edge.json;

import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.ErrorCode;

/// Why what was read is not what it should be. Never leaves the package.
final class Fault extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String hint;

  Fault(ErrorCode code, String message, String hint) {
    super(message, null, false, false);
    this.code = code;
    this.hint = hint;
  }

  ToApplication.Error error() {
    return new ToApplication.Error(code, String.valueOf(getMessage()), hint);
  }
}
