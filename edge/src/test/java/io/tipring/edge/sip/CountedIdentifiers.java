package io.tipring.edge.sip;

import io.tipring.wire.sip.dialog.Identifiers;

/// Names that are the same in every run.
final class CountedIdentifiers implements Identifiers {
  private final String owner;
  private int count;

  CountedIdentifiers(String owner) {
    this.owner = owner;
  }

  @Override
  public String tag() {
    return owner + "-tag" + ++count;
  }

  @Override
  public String branch() {
    return "z9hG4bK" + owner + ++count;
  }

  @Override
  public String callId() {
    return owner + "-call" + ++count;
  }

  @Override
  public long below(long bound) {
    return 0;
  }
}
