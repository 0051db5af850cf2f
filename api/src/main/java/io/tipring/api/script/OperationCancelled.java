package io.tipring.api.script;

import io.tipring.api.Event.CancelReason;

/// An operation that was waited for has been cancelled; the call goes on.
public final class OperationCancelled extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final CancelReason reason;

  public OperationCancelled(CancelReason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public CancelReason reason() {
    return reason;
  }
}
