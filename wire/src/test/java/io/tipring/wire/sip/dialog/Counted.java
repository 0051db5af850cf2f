package io.tipring.wire.sip.dialog;

/// Identifiers that count, for tests that look at each message.
final class Counted implements Identifiers {
  private int next;

  @Override
  public String tag() {
    return "00tag" + next++;
  }

  @Override
  public String branch() {
    return "z9hG4bK00" + next++;
  }

  @Override
  public String callId() {
    return "00call" + next++;
  }

  @Override
  public long below(long bound) {
    return next++ % bound;
  }
}
