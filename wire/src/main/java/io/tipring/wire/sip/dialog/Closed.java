package io.tipring.wire.sip.dialog;

/// Nothing is left to do.
record Closed(String callId, String localTag) implements SessionState {
  @Override
  public long wakeAtNanos() {
    return Long.MAX_VALUE;
  }
}
