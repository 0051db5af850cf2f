package io.tipring.edge.sip.door;

import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A log that strangers can write to and cannot flood: so many lines in a period, each of bounded
/// length, with nothing in it that could end a line or command a terminal. Any thread.
public final class BoundedLog {
  private static final String CUT = " ...";

  private final Consumer<String> sink;
  private final int lines;
  private final long periodNanos;
  private final int length;
  private final LongSupplier nanos;
  private long periodFromNanos;
  private int said;
  private long left;

  /// @param lines that are let through in each period; the first one after it says how many were
  ///   not
  /// @param length of a line at most, in characters
  /// @param nanos monotonic time
  public BoundedLog(
      Consumer<String> sink, int lines, Duration period, int length, LongSupplier nanos) {
    this.sink = sink;
    this.lines = lines;
    this.periodNanos = period.toNanos();
    this.length = length;
    this.nanos = nanos;
    periodFromNanos = nanos.getAsLong();
  }

  public void say(String text) {
    String line = admitted(text);
    if (!line.isEmpty()) {
      sink.accept(line);
    }
  }

  /// The line to print, empty for none. What is not printed costs no formatting.
  private synchronized String admitted(String text) {
    long now = nanos.getAsLong();
    if (now - periodFromNanos >= periodNanos) {
      periodFromNanos = now;
      said = 0;
    }
    if (said == lines) {
      left++;
      return "";
    }
    said++;
    String line = printable(text, length);
    if (left > 0) {
      line += " (" + left + " lines before this were left out)";
      left = 0;
    }
    return line;
  }

  /// The text on one line of at most `length` characters: whatever is no plain visible character is
  /// escaped.
  static String printable(String text, int length) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), length));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String piece =
          c == ' ' || isVisible(c) ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c);
      if (out.length() + piece.length() > length) {
        return out.append(CUT).toString();
      }
      out.append(piece);
    }
    return out.toString();
  }

  private static boolean isVisible(char c) {
    // Letters of any script are welcome; controls, bidirectional overrides, line separators and
    // halves of pairs are not.
    return (c > ' ' && c < 0x7f) || (c > 0xa0 && Character.isLetterOrDigit(c));
  }
}
