package io.tipring.wire.sip;

import java.util.Locale;
import java.util.Optional;

/// A key pressed by SIP INFO, in the two bodies that phones send: `application/dtmf-relay`
/// (`Signal=5`, `Duration=160`) and `application/dtmf` (the key alone). Neither is in an RFC; RFC
/// 6086 calls them legacy uses.
///
/// @param key one of `0-9*#A-D`
public record DtmfInfo(char key, int durationMillis) {
  private static final String KEYS = "0123456789*#ABCD";
  private static final int USUAL_MILLIS = 250;
  private static final int LONGEST_MILLIS = 10_000;
  private static final int LONGEST_BODY = 256;

  /// Empty when it is another kind of INFO, or no key we know.
  ///
  /// @param mediaType as [SipHeaders#mediaType()] has it
  public static Optional<DtmfInfo> read(String mediaType, Body body) {
    if (body.length() > LONGEST_BODY) {
      return Optional.empty();
    }
    return switch (mediaType) {
      case "application/dtmf-relay" -> relay(body.text());
      case "application/dtmf" -> key(body.text()).map(key -> new DtmfInfo(key, USUAL_MILLIS));
      default -> Optional.empty();
    };
  }

  private static Optional<DtmfInfo> relay(String text) {
    Optional<Character> key = Optional.empty();
    int duration = USUAL_MILLIS;
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(equals + 1).strip();
      if (name.equals("signal")) {
        key = key(value);
      } else if (name.equals("duration")) {
        duration = millis(value);
      }
    }
    int millis = duration;
    return key.map(k -> new DtmfInfo(k, millis));
  }

  private static Optional<Character> key(String text) {
    String value = text.strip().toUpperCase(Locale.ROOT);
    return switch (value) {
      case "10" -> Optional.of('*'); // RFC 4733 event numbers, as some phones write them
      case "11" -> Optional.of('#');
      default ->
          value.length() == 1 && KEYS.contains(value)
              ? Optional.of(value.charAt(0))
              : Optional.empty();
    };
  }

  private static int millis(String value) {
    if (value.isEmpty()
        || value.length() > 6
        || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return USUAL_MILLIS;
    }
    return Math.clamp(Integer.parseInt(value), 1, LONGEST_MILLIS);
  }
}
