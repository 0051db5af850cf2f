package io.tipring.edge.json;

/// Text without half surrogate pairs, which UTF-8 cannot carry.
final class WellFormed {
  private static final char REPLACEMENT = '\ufffd';

  private WellFormed() {}

  static boolean is(String text) {
    return firstHalf(text, 0) < 0;
  }

  /// The text with U+FFFD in the place of each half.
  static String of(String text) {
    StringBuilder mended = new StringBuilder(text);
    for (int at = firstHalf(text, 0); at >= 0; at = firstHalf(text, at + 1)) {
      mended.setCharAt(at, REPLACEMENT);
    }
    return mended.toString();
  }

  private static int firstHalf(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (Character.isSurrogate(letter)) {
        boolean pair =
            Character.isHighSurrogate(letter)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
