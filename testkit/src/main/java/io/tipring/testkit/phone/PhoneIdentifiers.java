package io.tipring.testkit.phone;

import io.tipring.core.lane.Randomness;
import io.tipring.wire.sip.dialog.Identifiers;
import java.util.HexFormat;

/// Tags, branches and Call-IDs of a phone.
final class PhoneIdentifiers implements Identifiers {
  private final Randomness randomness;

  PhoneIdentifiers(Randomness randomness) {
    this.randomness = randomness;
  }

  @Override
  public String tag() {
    return "t" + hex(5);
  }

  @Override
  public String branch() {
    return "z9hG4bK" + hex(8);
  }

  @Override
  public String callId() {
    return "c" + hex(8);
  }

  @Override
  public long below(long bound) {
    return Long.remainderUnsigned(randomness.nextLong(), bound);
  }

  /// A session id for `o=`: fits a signed number of any width that parsers use.
  long sessionId() {
    return randomness.nextLong() >>> 2;
  }

  private String hex(int bytes) {
    byte[] random = new byte[bytes];
    randomness.fill(random);
    return HexFormat.of().formatHex(random);
  }
}
