package io.tipring.core.lane;

import io.tipring.api.CallId;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import io.tipring.api.SessionId;
import java.util.function.LongSupplier;

/// Makes ids: a prefix, then 10 letters of wall time in milliseconds and 16 of randomness, in
/// Crockford's base 32, so that ids sort by age and cannot be guessed. Owner: the lane.
public final class Ids {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_LETTERS = 10;
  private static final int RANDOM_LETTERS = 16;

  private final Randomness randomness;
  private final LongSupplier wallMillis;

  public Ids(Randomness randomness, LongSupplier wallMillis) {
    this.randomness = randomness;
    this.wallMillis = wallMillis;
  }

  public CallId call() {
    return new CallId(next(CallId.PREFIX));
  }

  public LegId leg() {
    return new LegId(next(LegId.PREFIX));
  }

  public IvrId ivr() {
    return new IvrId(next(IvrId.PREFIX));
  }

  public SessionId session() {
    return new SessionId(next(SessionId.PREFIX));
  }

  public OperationId operation() {
    return new OperationId(next(OperationId.PREFIX));
  }

  private String next(String prefix) {
    StringBuilder id =
        new StringBuilder(prefix.length() + TIME_LETTERS + RANDOM_LETTERS).append(prefix);
    long millis = wallMillis.getAsLong();
    for (int shift = 5 * (TIME_LETTERS - 1); shift >= 0; shift -= 5) {
      id.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
    }
    byte[] noise = new byte[RANDOM_LETTERS];
    randomness.fill(noise);
    for (byte b : noise) {
      id.append(ALPHABET.charAt(b & 31));
    }
    return id.toString();
  }
}
