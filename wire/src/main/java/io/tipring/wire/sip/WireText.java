package io.tipring.wire.sip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes as text and back without loss. SIP is UTF-8; a byte that is none of UTF-8 becomes a lone
/// surrogate, U+DC00 and the byte, which no UTF-8 text can hold, and is written as that byte again:
/// a header we do not understand is passed on unharmed.
final class WireText {
  private static final int STRAY = 0xDC00;

  private WireText() {}

  static String decode(byte[] bytes, int from, int end) {
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : decodeStray(bytes, from, end);
  }

  private static String decodeStray(byte[] bytes, int from, int end) {
    var out = new StringBuilder(end - from);
    int i = from;
    while (i < end) {
      int length = sequenceLength(bytes, i, end);
      if (length == 0) {
        out.append((char) (STRAY | (bytes[i] & 0xFF)));
        i++;
      } else {
        out.appendCodePoint(codePoint(bytes, i, length));
        i += length;
      }
    }
    return out.toString();
  }

  /// The length of the well-formed UTF-8 sequence that starts here (RFC 3629 4), or 0.
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > end) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int value = codePoint(bytes, at, length);
    boolean shortest = length == 2 || value >= (length == 3 ? 0x800 : 0x10000);
    boolean scalar = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return shortest && scalar ? length : 0;
  }

  private static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int value = bytes[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      value = (value << 6) | (bytes[at + i] & 0x3F);
    }
    return value;
  }

  static byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return encodeStray(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encodeStray(String text) {
    byte[] out = new byte[text.length() * 3];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[n++] = (byte) c;
      } else if (c < 0x800) {
        out[n++] = (byte) (0xC0 | (c >> 6));
        out[n++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
        int value = text.codePointAt(i++);
        out[n++] = (byte) (0xF0 | (value >> 18));
        out[n++] = (byte) (0x80 | ((value >> 12) & 0x3F));
        out[n++] = (byte) (0x80 | ((value >> 6) & 0x3F));
        out[n++] = (byte) (0x80 | (value & 0x3F));
      } else if (c >= STRAY + 0x80 && c <= STRAY + 0xFF) {
        out[n++] = (byte) c;
      } else if (Character.isSurrogate(c)) {
        out[n++] = '?';
      } else {
        out[n++] = (byte) (0xE0 | (c >> 12));
        out[n++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        out[n++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return Arrays.copyOf(out, n);
  }
}
