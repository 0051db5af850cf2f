package io.tipring.wire.sip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The body of a message: immutable bytes.
public final class Body {
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  public static Body of(byte[] bytes, int offset, int length) {
    return length == 0 ? EMPTY : new Body(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  public static Body utf8(String text) {
    return text.isEmpty() ? EMPTY : new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /// The bytes read as UTF-8.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Body other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The length only: bodies are private and do not belong into logs.
  @Override
  public String toString() {
    return "Body[" + bytes.length + " bytes]";
  }
}
