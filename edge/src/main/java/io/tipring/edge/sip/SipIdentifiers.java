package io.tipring.edge.sip;

import io.tipring.core.lane.Randomness;
import io.tipring.wire.sip.Via;
import io.tipring.wire.sip.dialog.Identifiers;

/// Tags, branches and Call-IDs: the two characters of the lane, then 80 random bits in letters that
/// need no escaping anywhere (RFC 3261 19.3 asks for 32). Owner: the lane.
public final class SipIdentifiers implements Identifiers {
  private static final String LANE = "00";
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LETTERS = 16;

  private final Randomness randomness;
  private final byte[] noise = new byte[LETTERS];

  public SipIdentifiers(Randomness randomness) {
    this.randomness = randomness;
  }

  @Override
  public String tag() {
    return next("");
  }

  @Override
  public String branch() {
    return next(Via.MAGIC_COOKIE);
  }

  @Override
  public String callId() {
    return next("");
  }

  @Override
  public long below(long bound) {
    return Long.remainderUnsigned(randomness.nextLong(), bound);
  }

  private String next(String prefix) {
    randomness.fill(noise);
    StringBuilder text = new StringBuilder(prefix.length() + LANE.length() + LETTERS);
    text.append(prefix).append(LANE);
    for (byte b : noise) {
      text.append(ALPHABET.charAt(b & 31));
    }
    return text.toString();
  }
}
