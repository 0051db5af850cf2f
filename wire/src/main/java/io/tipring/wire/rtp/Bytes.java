package io.tipring.wire.rtp;

/// Big-endian numbers in byte arrays. Offsets are trusted: callers have checked lengths.
final class Bytes {
  private Bytes() {}

  static int u8(byte[] buffer, int at) {
    return buffer[at] & 0xff;
  }

  static int u16(byte[] buffer, int at) {
    return u8(buffer, at) << 8 | u8(buffer, at + 1);
  }

  static int u24(byte[] buffer, int at) {
    return u8(buffer, at) << 16 | u16(buffer, at + 1);
  }

  static int i32(byte[] buffer, int at) {
    return u16(buffer, at) << 16 | u16(buffer, at + 2);
  }

  static long i64(byte[] buffer, int at) {
    return (long) i32(buffer, at) << 32 | (i32(buffer, at + 4) & 0xffff_ffffL);
  }

  static void put8(byte[] buffer, int at, int value) {
    buffer[at] = (byte) value;
  }

  static void put16(byte[] buffer, int at, int value) {
    put8(buffer, at, value >>> 8);
    put8(buffer, at + 1, value);
  }

  static void put24(byte[] buffer, int at, int value) {
    put8(buffer, at, value >>> 16);
    put16(buffer, at + 1, value);
  }

  static void put32(byte[] buffer, int at, int value) {
    put16(buffer, at, value >>> 16);
    put16(buffer, at + 2, value);
  }

  static void put64(byte[] buffer, int at, long value) {
    put32(buffer, at, (int) (value >>> 32));
    put32(buffer, at + 4, (int) value);
  }
}
