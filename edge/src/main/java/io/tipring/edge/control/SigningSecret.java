package io.tipring.edge.control;

import java.util.Base64;

/// A secret that an application shares with this exchange, as Standard Webhooks writes it: `whsec_`
/// and base64 of 24 to 64 bytes. Never printed.
public final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final byte[] key;

  private SigningSecret(byte[] key) {
    this.key = key;
  }

  /// @throws IllegalArgumentException that says what is wrong, without the secret
  public static SigningSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a signing secret begins with " + PREFIX);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("what follows " + PREFIX + " is not base64");
    }
    if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a signing secret has %d to %d bytes, not %d: make one with `echo whsec_$(openssl rand -base64 32)`"
              .formatted(FEWEST_BYTES, MOST_BYTES, key.length));
    }
    return new SigningSecret(key);
  }

  byte[] key() {
    return key.clone();
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
