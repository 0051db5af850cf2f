package io.tipring.api.script;

import io.tipring.api.Event.Refusal;

/// An operation was refused, or failed; the call goes on.
public final class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  public OperationFailed(Refusal refusal, String hint) {
    super(refusal + ": " + hint);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
