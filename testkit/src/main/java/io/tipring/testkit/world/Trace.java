package io.tipring.testkit.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;

/// What happened in a World, one line each: seconds since it began, who, what. Equal seeds give
/// equal bytes.
///
/// Keeps the newest lines only, but its [#digest] covers every line ever written and every packet
/// that was folded in.
public final class Trace {
  private static final int KEPT_LINES = 50_000;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final MessageDigest digest = sha256();
  private long written;

  void add(long elapsedNanos, String who, String what) {
    String line = String.format(Locale.ROOT, "%12.6f  %-18s %s", elapsedNanos / 1e9, who, what);
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    lines.addLast(line);
    written++;
    if (lines.size() > KEPT_LINES) {
      lines.removeFirst();
    }
  }

  /// Makes `bytes` part of the digest without a line of their own: packets of sound are too many to
  /// be read.
  public void fold(byte[] bytes) {
    digest.update(bytes);
  }

  /// All lines kept, oldest first, and last the digest over everything.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
    }
    return text.append("digest ")
        .append(digest())
        .append(" over ")
        .append(written)
        .append(" lines\n")
        .toString();
  }

  /// The newest `count` lines, for the report of a failure.
  public String tail(int count) {
    StringBuilder text = new StringBuilder();
    lines.stream()
        .skip(Math.max(0, lines.size() - count))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /// SHA-256 over all there was, in hex.
  public String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
