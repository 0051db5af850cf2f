package io.tipring.edge.json;

import java.util.Locale;

/// How Java names stand on the wire. The schema and the documents are made with the same rules.
public final class WireNames {
  private WireNames() {}

  /// `HangUp` and `hangUp` are `hang_up`.
  public static String snake(String javaName) {
    StringBuilder name = new StringBuilder(javaName.length() + 4);
    for (int i = 0; i < javaName.length(); i++) {
      char letter = javaName.charAt(i);
      if (Character.isUpperCase(letter) && i > 0) {
        name.append('_');
      }
      name.append(Character.toLowerCase(letter));
    }
    return name.toString();
  }

  /// What the exchange says has its subject first: `CallCreated` is `call.created`, `Dropped` is
  /// `dropped`.
  public static String dotted(String javaName) {
    return snake(javaName).replaceFirst("_", ".");
  }

  /// `RTP_EVENT` is `rtp_event`.
  public static String constant(String javaName) {
    return javaName.toLowerCase(Locale.ROOT);
  }
}
